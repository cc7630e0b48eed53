"""A new round like an earlier one: first shown, then made."""

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.refused import Refused
from anas.rounds import cloning, pages, rules
from anas.rounds.forms import Day
from anas.rounds.models import Round

FAR = timedelta(days=3660)  # nobody plans a round for ten years from now


class CopyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the period"), max_length=150)
    first_day = Day(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("All dates move with it and keep their distance; none falls on a weekend."),
    )

    def __init__(self, *args, round: Round, **kwargs):
        suggested = cloning.suggested_day(round)
        initial = {"first_day": suggested, "name": cloning.next_name(round, suggested)}
        super().__init__(*args, initial=initial, **kwargs)
        self.suggested = suggested
        if suggested is None:
            del self.fields["first_day"]

    def clean_first_day(self) -> date:
        day, today = self.cleaned_data["first_day"], timezone.localdate()
        if not today <= day <= today + FAR:
            raise forms.ValidationError(_("The first day lies in the past, or too far ahead."))
        return day

    @property
    def day(self) -> date | None:
        """The day that was asked for, else the one that is suggested."""
        return self.cleaned_data.get("first_day") if self.is_bound else self.suggested


def clone(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for name and first day and shows the draft that would come of it; makes it when that was seen."""
    round = pages.find_round(request, pk)
    pages.only(rules.must_be(rules.COMMITTEE, request.user, round) or cloning.reason_no_copy(round))
    form = CopyForm(request.POST or None, round=round)
    is_fit = form.is_valid() if form.is_bound else True
    if form.is_bound and is_fit and "make" in request.POST and (made := _make(request, round, form)):
        return redirect("rounds:detail", made.pk)
    copy = cloning.plan(round, first_day=form.day, by=request.user) if is_fit else None
    return render(request, "rounds/clone.html", pages.context(request, round, form=form, copy=copy))


def _make(request: HttpRequest, round: Round, form: CopyForm) -> Round | None:
    try:
        return cloning.clone(round, name=form.cleaned_data["name"], first_day=form.day, by=request.user)
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return None
