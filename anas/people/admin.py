from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from anas.people import personal
from anas.people.forms import AdminLoginForm
from anas.people.models import CommitteeSeat, Deputy, Employee, Unit
from anas.rounds.admin import AuditedAdmin

admin.site.site_header = admin.site.site_title = _("ANAS: installation")
admin.site.login_form = AdminLoginForm
admin.site.unregister(Group)  # what somebody may do follows from the unit tree and the rounds


@admin.register(Unit)
class UnitAdmin(AuditedAdmin):
    list_display = ["name", "code", "parent", "head", "position"]
    list_select_related = ["parent", "head"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent", "head"]
    readonly_fields = ["path"]

    def save_model(self, request: HttpRequest, obj: Unit, form: forms.ModelForm, change: bool) -> None:
        """Who heads the unit no more is logged out, as whoever heads it from now on (`AuditedAdmin`)."""
        if change and (before := Unit.objects.select_related("head").get(pk=obj.pk).head):
            before.end_sessions()
        super().save_model(request, obj, form, change)


class NewEmployeeForm(AdminUserCreationForm):
    class Meta:
        model = Employee
        fields = ["number", "name", "status", "unit"]


class EmployeeForm(UserChangeForm):
    class Meta:
        model = Employee
        fields = "__all__"
        field_classes: dict[str, type[forms.Field]] = {}


@admin.register(Employee)
class EmployeeAdmin(AuditedAdmin, UserAdmin):
    """Nobody is deleted: who leaves is taken out of service."""

    form, add_form = EmployeeForm, NewEmployeeForm
    list_display = ["name", "number", "unit", "status", "classification", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser", "status", "classification"]
    list_select_related = ["unit"]
    search_fields = ["name", "number"]
    ordering = ["name", "number"]
    autocomplete_fields = ["unit"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["number", "password"]}),
        (_("Personal data"), {"fields": ["name", "title_before", "title_after", "email", "photo"]}),
        (_("Service"), {"fields": ["status", "grade", "rank", "position", "unit", "classification"]}),
        (_("Account"), {"fields": ["is_active", "is_superuser"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["number", "name", "status", "unit", "usable_password", "password1", "password2"]})
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Employee | None = None) -> bool:
        return False

    def get_object(self, request: HttpRequest, *args, **kwargs) -> Employee | None:
        """Whoever opens the page of a person stands in that person's access log."""
        if found := super().get_object(request, *args, **kwargs):
            personal.tell(request.user, [found.pk], kind="person")
        return found


@admin.register(Deputy)
class DeputyAdmin(AuditedAdmin):
    list_display = ["employee", "unit", "kind", "starts", "ends"]
    list_select_related = ["employee", "unit"]
    autocomplete_fields = ["employee", "unit"]


@admin.register(CommitteeSeat)
class CommitteeSeatAdmin(AuditedAdmin):
    list_display = ["employee", "unit"]
    list_select_related = ["employee", "unit"]
    autocomplete_fields = ["employee", "unit"]
