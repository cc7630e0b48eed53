"""What is kept of complaints and commendations about a person, and of discipline penalties."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.conduct.models import Penalty, Report
from anas.people import personal
from anas.people.models import Employee


def reports(employee: Employee) -> Iterator[dict[str, object]]:
    for report in Report.objects.about([employee]):
        yield {
            _("Day"): report.date,
            _("What"): report.get_kind_display(),
            _("Text"): report.text,
            _("State"): report.get_state_display() if report.is_complaint else "",
            _("Reason"): report.reason,
        }


def penalties(employee: Employee) -> Iterator[dict[str, object]]:
    for penalty in Penalty.objects.about([employee]):
        yield {_("Level"): penalty.get_level_display(), _("From"): penalty.starts, _("Until"): penalty.ends}


def purge(before: datetime, really: bool) -> int:
    """What was said, and penalties that ended, before this day."""
    day = timezone.localdate(before)
    old = [Report.objects.filter(date__lt=day), Penalty.objects.filter(ends__lt=day)]
    number = sum(rows.count() for rows in old)
    if really:
        for rows in old:
            rows.delete()
    return number


personal.register(
    parts=[
        personal.Part("reports", gettext_lazy("Complaints and commendations about you"), reports),
        personal.Part("penalties", gettext_lazy("Your discipline penalties"), penalties),
    ],
    kinds={
        "reports": gettext_lazy("read complaints or commendations about you"),
        "penalties": gettext_lazy("read your discipline penalties"),
    },
    kept=[
        personal.Kept(
            "conduct",
            gettext_lazy("Complaints, commendations and discipline penalties, without who complained."),
            gettext_lazy("The rules of an award ask for them."),
            gettext_lazy("You and the committee; complaints and commendations your unit head too."),
            purge=purge,
        )
    ],
)
