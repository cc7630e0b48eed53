"""Earlier rounds beside each other, for everybody who knows their results."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from anas.rounds.models import Round
from scoring import comparison, export

TABLES = {"pemenang": comparison.winners_table, "unit": comparison.units_table}


class NarrowingForm(forms.Form):
    """Which of these rounds to show. What there is not is left out of account."""

    office = forms.ChoiceField(label=_("Office"), required=False)
    scheme = forms.ChoiceField(label=_("Award"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data: object, rounds: list[Round]):
        super().__init__(data)
        self.rounds = rounds
        known = {
            "office": {str(one.scope_id): str(one.scope) for one in rounds},
            "scheme": {one.scheme.code: one.scheme.name for one in rounds},
            "year": {str(year): str(year) for year in sorted(map(comparison.year_of, rounds), reverse=True)},
        }
        for name, choices in known.items():
            self.fields[name].choices = [("", _("all")), *choices.items()]
        if len(known["office"]) < 2:
            del self.fields["office"]
        self.is_valid()

    @property
    def found(self) -> list[Round]:
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return [one for one in self.rounds if wanted.items() <= _marks(one).items()]


def _marks(round: Round) -> dict[str, str]:
    return {"office": str(round.scope_id), "scheme": round.scheme.code, "year": str(comparison.year_of(round))}


def _form(request: HttpRequest) -> NarrowingForm:
    return NarrowingForm(request.GET, list(Round.objects.visible_to(request.user).announced()))


def page(request: HttpRequest) -> HttpResponse:
    """Winners by round and classification, what each unit has done, the turnout."""
    form = _form(request)
    several = len(form.rounds) > 1
    found = comparison.series(form.found) if several else []
    return render(request, "scoring/comparison.html", {"form": form, "found": found, "several": several})


def download(request: HttpRequest) -> HttpResponse:
    """The same as CSV: the winners, or the units."""
    what = request.GET.get("table")
    if what not in TABLES:
        raise Http404
    table = TABLES[what](comparison.series(_form(request).found))
    headers = {"Content-Disposition": f'attachment; filename="perbandingan-{what}.csv"'}
    return HttpResponse(export.as_csv(table), content_type="text/csv; charset=utf-8", headers=headers)
