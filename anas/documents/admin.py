from django.contrib import admin

from anas.documents.models import Document
from anas.rounds.admin import ReadOnly


@admin.register(Document)
class DocumentAdmin(ReadOnly, admin.ModelAdmin):
    """What has been issued, to be read. A draft is the committee's alone."""

    list_display = ["__str__", "title", "date", "state", "scope"]
    list_filter = ["kind", "state"]
    list_select_related = ["scope"]
    fields = ["kind", "number", "title", "date", "state", "remark", "ended_at", "scope", "round", "sha256"]

    def get_queryset(self, request):
        return super().get_queryset(request).published().light()
