from django.contrib import admin

from anas.documents.models import Document
from anas.documents.signature import Signature
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


@admin.register(Signature)
class SignatureAdmin(ReadOnly, admin.ModelAdmin):
    """Who has signed what, and in which way."""

    list_display = ["__str__", "way", "signed_by", "signed_at"]
    list_filter = ["way"]
    list_select_related = ["document", "signed_by"]
    fields = ["document", "way", "signed_by", "signed_at", "subject", "issuer", "serial", "sha256"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("pdf", "document__pdf", "document__data")
