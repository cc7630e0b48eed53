"""When there is something to tell: after acts in a round, and before deadlines."""

import logging
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from anas.mailing.models import Notice
from anas.rounds.models import AuditEntry, Round, Stage
from voting.models import Poll

Occasion = Notice.Occasion
OCCASIONS = {
    "stage.opened": Occasion.OPENING,
    "stage.reopened": Occasion.OPENING,
    "box.started": Occasion.OPENING,  # the keyholders have taken their parts away: now the poll is open
    "proposal.returned": Occasion.RETURN,
    "round.announced": Occasion.ANNOUNCEMENT,
}
# They reach nobody outside of the process that uses them.
SILENT = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("dummy", "locmem")}
log = logging.getLogger(__name__)


def after_entry(sender: type[AuditEntry], round: Round | None, entry: AuditEntry, **_more: object) -> None:
    """Writes down, in the transaction of the act, that there is something to tell. It is sent after the commit and in a
    process of its own, so that no mail server delays an act or takes it back. Of a rehearsal nobody is told by mail."""
    occasion = OCCASIONS.get(entry.action)
    if round is None or round.is_rehearsal or occasion is None:
        return
    Notice.objects.create(
        round=round,
        stage=None if occasion == Occasion.ANNOUNCEMENT else Round.objects.get(pk=round.pk).current_stage,
        occasion=occasion,
        subject=entry.subject if occasion == Occasion.RETURN else "",
        key=f"entry-{entry.pk}",
    )
    transaction.on_commit(launch, robust=True)


def launch() -> None:
    """Starts `manage.py remind`. It outlives the request; where it cannot start, cron's next one sends."""
    if settings.EMAIL_BACKEND in SILENT or not Notice.objects.new().exists():
        return
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "remind"]
    try:
        subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
    except OSError:
        log.warning("The process that sends e-mail could not be started; the next `manage.py remind` sends.")


def before_deadlines() -> None:
    """One notice for each open stage whose deadline is less than settings.REMIND_HOURS away, and half of whose time is
    over, but those of rehearsals; a later deadline is told anew."""
    now = timezone.now()
    soon = Stage.objects.filter(
        state=Stage.State.OPEN,
        round__state=Round.State.RUNNING,
        round__rehearsal="",
        closes_at__gt=now,
        closes_at__lte=now + timedelta(hours=settings.REMIND_HOURS),
    )
    for stage in soon.select_related("round"):
        if not (stage.reason_not_accepting() or _is_fresh(stage, now) or _waits_for_keyholders(stage)):
            key = f"stage-{stage.pk} {stage.closes_at:%Y-%m-%dT%H:%M:%S%z}"
            fields = {"round": stage.round, "stage": stage, "occasion": Occasion.DEADLINE}
            Notice.objects.get_or_create(key=key, defaults=fields)


def _waits_for_keyholders(stage: Stage) -> bool:
    return Poll.objects.filter(stage=stage, is_started=False).exists()


def _is_fresh(stage: Stage, now: datetime) -> bool:
    return stage.opens_at is not None and now - stage.opens_at < stage.closes_at - now
