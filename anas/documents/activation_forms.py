from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anas.documents.card_forms import WhomForm
from anas.people.models import Employee, Unit
from anas.rounds.people import activation, activation_mail, guards
from anas.rounds.people.forms import UnitField


class ActivationForm(WhomForm):
    """Who is to get an activation code, on paper or by mail, and how long it holds."""

    CARD, MAIL = "card", "mail"
    field_order = ["whom", "unit", "person", "how", "until"]
    everybody = _("All who have no password yet")
    nobody = _("Nobody in service in your units has this name or number.")
    unit = UnitField(
        Unit.objects.none(),
        label=_("Unit"),
        required=False,
        empty_label=_("choose"),
        help_text=_("Those in it who have no password yet."),
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=[(CARD, _("On cards, as a PDF to be printed")), (MAIL, _("By mail, to those whose address is known"))],
        widget=forms.RadioSelect,
        initial=CARD,
        required=False,
    )
    until = forms.DateField(
        label=_("Holds until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The last day. Long enough for everybody to get the card."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        in_service = Employee.objects.filter(is_active=True, unit__in=units).select_related("unit")
        super().__init__(*args, units=units, people=in_service, **kwargs)
        self.units = units
        self.initial.setdefault("until", timezone.localdate() + timedelta(days=activation.DAYS))
        if not activation_mail.is_possible():
            del self.fields["how"]

    def clean_until(self) -> Any:
        if reason := guards.reason_bad_last_day(self.cleaned_data["until"], activation.MOST_DAYS):
            raise forms.ValidationError(reason)
        return self.cleaned_data["until"]

    @property
    def is_by_mail(self) -> bool:
        return self.cleaned_data.get("how") == self.MAIL

    def chosen(self) -> list[Employee]:
        data = self.cleaned_data
        if data["whom"] == self.PERSON:
            return [data["employee"]]
        units = Unit.objects.below(data["unit"]) if data["whom"] == self.UNIT else self.units
        return list(activation.without_password(units))
