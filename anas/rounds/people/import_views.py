"""The committee's pages about lists of people: send one, look at what it would change, apply it, undo it, take one
away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anas.people import personal
from anas.people.columns import COLUMNS, STATUS_NAMES
from anas.people.models import Employee, PeopleImport
from anas.refused import Refused
from anas.rounds import pages, rules
from anas.rounds.people import access, export, importing, undoing
from anas.rounds.people.forms import classifications
from anas.rounds.people.import_forms import ColumnsForm, SeenForm, SendForm
from anas.rounds.people.plan import Plan, kind_names

SHOWN = 100  # people of a kind, and problems, on one page
LATEST = 5


def send(request: HttpRequest) -> HttpResponse:
    units = access.find_units(request)
    importing.forget_old()
    form = SendForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
            job = importing.send(unit=unit, content=file.read(), file_name=file.name, by=request.user)
            return redirect("people:import_check", job.pk)
        except Refused as refused:
            form.add_error("file", refused.reasons)
    applied = PeopleImport.objects.filter(unit__in=units).exclude(applied_at=None).defer("undo")
    context = {
        "form": form,
        "latest": applied.select_related("unit", "by")[:LATEST],
        "columns": [own for own, _other in COLUMNS.values()],
        "unit_names": units.order_by("path").values_list("name", flat=True)[:SHOWN],
        "status_names": STATUS_NAMES.values(),
        "classifications": classifications(units),
    }
    return render(request, "people/import_send.html", context)


def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Columns, problems and preview on one page; once it has been applied, what was done."""
    job = access.find_import(request, pk)
    if job.applied_at:
        reasons = list(undoing.reasons_not_to_undo(job))[: importing.SAID]
        return render(request, "people/import_done.html", {"job": job, "kinds": kinds(job.counts), "reasons": reasons})
    sheet = importing.sheet_of(job)
    form = ColumnsForm(request.POST or None, job=job, heads=sheet.heads)
    if request.method == "POST" and form.is_valid():
        pages.attempt(request, importing.choose, job, by=request.user, **form.options())
        return redirect("people:import_check", pk)
    left_out = [head for place, head in enumerate(sheet.heads) if head and place not in job.columns.values()]
    plan = importing.plan_of(job, by=request.user, sheet=sheet)
    context = {"job": job, "form": form, "plan": plan, "rows": len(sheet.rows), "left_out": left_out, "shown": SHOWN}
    return render(request, "people/import_check.html", context | {"kinds": kinds(plan.counts, plan)})


def kinds(counts: dict[str, int], plan: Plan | None = None) -> list[dict[str, object]]:
    """What happens to how many people, and to whom."""
    return [
        {"code": code, "name": name, "count": counts.get(code, 0), "changes": plan.of_kind(code) if plan else []}
        for code, name in kind_names().items()
    ]


def apply(request: HttpRequest, pk: int) -> HttpResponse:
    job = access.find_import(request, pk)
    if job.applied_at:
        return redirect("people:import_check", pk)
    plan = importing.plan_of(job, by=request.user)
    items = [f"{kind['count']} {kind['name']}" for kind in kinds(plan.counts) if kind["count"]]
    added = len(plan.new_units)
    items += [ngettext("%(count)s new unit", "%(count)s new units", added) % {"count": added}] if added else []
    return pages.confirm(
        request,
        importing.apply,
        job,
        by=request.user,
        to="people:import_check",
        pk=pk,
        done=_("The list has been imported."),
        form=SeenForm(request.POST or None, initial={"seen": plan.digest}),
        page={
            "title": _("Import this list?"),
            "text": _("All of it at once. It can be undone until one of these people is changed."),
            "items": items,
            "submit": _("Import"),
            "reasons": [str(problem) for problem in plan.problems[: importing.SAID]],
        },
    )


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    job = access.find_import(request, pk)
    return pages.confirm(
        request,
        undoing.undo,
        job,
        by=request.user,
        to="people:import_check",
        pk=pk,
        done=_("The import has been undone."),
        page={
            "title": _("Undo this import?"),
            "text": _("Everything becomes as it was before."),
            "items": [
                _("Whoever was new is deleted, and new units with them."),
                _("Whoever was changed, moved or taken out of service is as before."),
            ],
            "submit": _("Undo"),
            "danger": True,
            "reasons": list(undoing.reasons_not_to_undo(job))[: importing.SAID],
        },
    )


def download(request: HttpRequest) -> HttpResponse:
    """Everybody in service in the committee's units, as ?format=xlsx or csv."""
    units = access.find_units(request)
    kind = request.GET.get("format", "xlsx")
    if kind not in export.FORMATS:
        raise Http404
    make, content_type = export.FORMATS[kind]
    told = Employee.objects.filter(is_active=True, unit__in=units).values_list("pk", flat=True)
    personal.tell(request.user, told, kind="people", role=rules.COMMITTEE)
    name = f"pegawai-{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(
        make(units), content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
