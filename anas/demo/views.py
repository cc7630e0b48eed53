from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import RedirectURLMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.generic import View

from anas.people.models import Employee


class WhoForm(forms.Form):
    number = forms.ModelChoiceField(Employee.objects.filter(is_active=True), to_field_name="number")


@method_decorator(login_not_required, name="dispatch")
class Login(RedirectURLMixin, View):
    """One click, and the visitor of the demo looks through somebody's eyes. Without DEMO there is no such page."""

    next_page = settings.LOGIN_REDIRECT_URL

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = WhoForm(request.POST)
        if not form.is_valid():
            raise Http404
        login(request, form.cleaned_data["number"], backend="anas.people.backends.EmployeeBackend")
        return HttpResponseRedirect(self.get_success_url())
