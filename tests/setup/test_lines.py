"""Names that are typed or pasted, one on each line."""

import pytest
from django.core.exceptions import ValidationError

from anas.setup.forms import LinesField


def test_what_a_list_brings_along_is_left_out():
    pasted = "1. Sekretariat\n\n  2)  Bidang\tPerizinan ;\n- Bidang Data\n• UPT 5\r\nBidang Promosi,"

    assert LinesField().clean(pasted) == ["Sekretariat", "Bidang Perizinan", "Bidang Data", "UPT 5", "Bidang Promosi"]


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("Sekretariat\nsekretariat", "“sekretariat” stands there twice."),
        ("x" * 201, "too long: at most 200 letters."),
        ("\n".join(f"Bidang {number}" for number in range(101)), "At most 100 lines at once."),
        (" \n- \n", "This field is required."),
    ],
)
def test_what_cannot_be_is_said(typed, fault):
    with pytest.raises(ValidationError) as refused:
        LinesField().clean(typed)

    assert fault in " ".join(refused.value.messages)
