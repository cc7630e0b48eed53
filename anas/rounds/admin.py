"""The admin is for the installation: superusers alone come in. What they change is in the audit trail too; what the
application itself writes can be read and not changed."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from anas.people.models import Employee, Unit
from anas.rounds.models import AuditEntry, Member, Round, Stage
from anas.rounds.people import services


class AuditedAdmin(admin.ModelAdmin):
    """Writes every change to the audit trail: what kind of thing, its name, the changed fields; no values."""

    def log_addition(self, request: HttpRequest, object: Model, message: Any) -> Any:
        _record(request.user, "admin.added", object)
        return super().log_addition(request, object, message)

    def log_change(self, request: HttpRequest, object: Model, message: Any) -> Any:
        _record(request.user, "admin.changed", object, changes=message)
        return super().log_change(request, object, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet) -> Any:
        for object in queryset:
            _record(request.user, "admin.deleted", object)
        return super().log_deletions(request, queryset)


def _record(by: Employee, action: str, subject: Model, **detail: Any) -> None:
    _end_sessions(by, subject)
    unit = subject if isinstance(subject, Unit) else getattr(subject, "unit", None)
    named = f"{subject._meta.verbose_name}: {subject}"
    services.note(by, action, named, unit=unit, role=_("administrator"), **detail)


def _end_sessions(by: Employee, subject: Model) -> None:
    """Of whoever may have got or lost a role: head, deputy, committee, administrator."""
    for employee in (subject, getattr(subject, "head", None), getattr(subject, "employee", None)):
        if isinstance(employee, Employee) and employee != by:
            employee.end_sessions()


class ReadOnly:
    """For admins and inlines of what only services may write."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return list(self.fields or [field.name for field in self.model._meta.fields])

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class StageInline(ReadOnly, admin.TabularInline):
    model = Stage
    fields = ["code", "kind", "state", "opens_at", "closes_at"]


class MemberInline(ReadOnly, admin.TabularInline):
    model = Member
    fields = ["employee", "role"]


@admin.register(Round)
class RoundAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "scope", "state", "rehearsal", "created_at"]
    list_filter = ["state", "rehearsal"]
    fields = ["name", "scope", "state", "scheme_hash", "created_at", "approved_by", "approved_at", "remark"]
    inlines = [StageInline, MemberInline]
    list_select_related = ["scope"]


@admin.register(Stage)
class StageAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["__str__", "round", "kind", "state", "opens_at", "closes_at"]
    list_filter = ["state", "kind"]
    list_select_related = ["round__scope"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["chain", "number", "at", "actor", "action", "subject"]
    list_filter = ["chain", "action"]
    list_select_related = ["chain", "actor"]
    ordering = ["-at", "-number"]
