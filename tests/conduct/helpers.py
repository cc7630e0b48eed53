"""What the tests of the registers enter again and again."""

from datetime import timedelta

from django.utils import timezone

from anas.conduct import services
from anas.conduct.models import Penalty, Report
from tests import cast


def ago(days: int):
    return timezone.localdate() - timedelta(days)


def complaint(office, name: str, *, days: int = 3, **more) -> Report:
    said = {"kind": "complaint", "source": "SP4N-LAPOR", "reference": "", "text": "Lama menunggu."}
    fields = {**said, "employee": getattr(office, name), "date": ago(days), **more}
    return services.add_report(by=cast.fresh(office.kartika), **fields)


def upheld(office, name: str, **more) -> Report:
    by = cast.fresh(office.kartika)
    return services.decide(complaint(office, name, **more), upheld=True, reason="Benar.", by=by)


def penalty(office, name: str, *, first: int, last: int) -> Penalty:
    days = {"starts": ago(first), "ends": ago(last)}
    return services.add_penalty(employee=getattr(office, name), level="ringan", by=cast.fresh(office.kartika), **days)
