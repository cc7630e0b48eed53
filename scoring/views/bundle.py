"""What a witness takes away after the count."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from anas.rounds import pages, rules
from nominations.finding import tell
from nominations.models import Nominee
from scoring import bundle as bundles


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The audit bundle as a ZIP, for those who may read everything; with `?nama=0` without the assessors' names."""
    round = pages.find_round(request, pk)
    pages.only(rules.may_read_everything(request.user, round) or bundles.reason_no_result(round))
    names = request.GET.get("nama") != "0"
    tell(request, round, Nominee.objects.named(round), kind="scores-file")
    packed = bundles.hand_out(round, names=names, by=request.user)
    name = slugify(f"audit {round} {'' if names else 'tanpa nama'}")
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"'}
    return HttpResponse(packed, content_type="application/zip", headers=headers)
