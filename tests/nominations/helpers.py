"""What the tests of the proposals do again and again, and files to send."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from anas.people.models import Employee
from anas.refused import Refused
from anas.rounds.models import Round, Stage
from nominations import services
from nominations.models import Nominee, Proposal
from tests import cast


def assessed(proposal: Proposal, employee: Employee, *, base: int = 80, reason: str = "Ramah.", by=None) -> Nominee:
    """Complete and with a reason, so that he can be named."""
    return services.assess(
        proposal,
        employee=employee,
        classification=employee.classification,
        scores_by_criterion=cast.scores_for(proposal.stage, base),
        reason=reason,
        by=cast.fresh(by or proposal.unit.head),
    )


def named(proposal: Proposal, employee: Employee, **how) -> Nominee:
    return services.name(assessed(proposal, employee, **how), by=cast.fresh(proposal.unit.head))


def as_form(proposal: Proposal, base: object = 80, reason: str = "Ramah.", **more) -> dict[str, object]:
    """What the page of one person sends."""
    scores = {f"score-{code}": value for code, value in cast.scores_for(proposal.stage, base).items()}
    return {**scores, "reason": reason, **more}


def url(proposal: Proposal, *rest: object) -> str:
    """The address of a unit's proposal, and of what lies below it."""
    return "/".join(map(str, ["", "periode", proposal.stage.round_id, "usulan", proposal.unit_id, *rest, ""]))


def pass_deadline(round: Round) -> None:
    Stage.objects.filter(round=round, code="usulan").update(closes_at=timezone.now() - timedelta(minutes=1))


def again(proposal: Proposal) -> Proposal:
    """The proposal as the database has it now."""
    return Proposal.objects.select_related("stage__round__scope", "unit__head").get(pk=proposal.pk)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def pdf(name: str = "surat.pdf", text: bytes = b"surat") -> SimpleUploadedFile:
    return sent(name, b"%PDF-1.4\n" + text + b"\n%%EOF\n")


def picture(
    name: str, kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **how
) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(content, kind, **how)
    return sent(name, content.getvalue())


def text(page) -> str:
    """A page with single blanks, so that sentences can be found in it."""
    return " ".join(page.content.decode().split())


def refusal(act: Callable, *args, **kwargs) -> list[str]:
    """The reasons for which an act is refused."""
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reasons
