"""`manage.py verify_log` finds what was changed behind the application's back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from anas.rounds import audit
from anas.rounds.models import AuditChain, AuditEntry
from tests import cast
from tests.rounds.behind import behind_the_back


@pytest.fixture
def round(office):
    return cast.play(office, to="tim")


def verify(*arguments: object) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_log", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as exit:
        return exit.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_every_trail_has_a_line(office, round):
    audit.record(None, by=office.kartika, action="unit.changed")
    length = AuditChain.objects.get(name=f"round-{round.pk}").length

    status, out, err = verify()

    assert (status, err) == (0, "")
    assert out.splitlines() == [
        f"round-{round.pk} (ANAS NAN BAIK HATI Triwulan IV 2026): {length} entries, the chain holds",
        "office (what belongs to no round): 1 entry, the chain holds",
    ]


def test_one_round_alone_can_be_checked(office, round):
    audit.record(None, by=office.kartika, action="unit.changed")

    assert len(verify(round.pk)[1].splitlines()) == 1
    with pytest.raises(CommandError, match="There is no round 7340001."):
        verify(7340001)


def test_a_change_behind_the_applications_back_is_found_with_its_place(office, round):
    audit.record(None, by=office.kartika, action="unit.changed")
    with behind_the_back():
        AuditEntry.objects.filter(chain__name=f"round-{round.pk}", number=5).update(subject="Somebody else")

    status, out, err = verify()

    assert status == 1
    assert err == f"round-{round.pk} (ANAS NAN BAIK HATI Triwulan IV 2026): Entry 5 was changed.\n"
    assert out == "office (what belongs to no round): 1 entry, the chain holds\n"


def test_a_trail_that_is_gone_with_its_end_is_found(round):
    with behind_the_back():
        AuditEntry.objects.all().delete()
    AuditChain.objects.all().delete()

    status, _out, err = verify(round.pk)

    assert (status, err.partition("): ")[2]) == (1, "The whole trail is missing.\n")
