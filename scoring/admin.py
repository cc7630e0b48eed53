from django.contrib import admin

from anas.rounds.admin import ReadOnly
from scoring.models import ScoreSheet


@admin.register(ScoreSheet)
class ScoreSheetAdmin(ReadOnly, admin.ModelAdmin):
    """What has been handed in. A draft is its assessor's alone."""

    list_display = ["stage", "nominee", "assessor", "state", "submitted_at"]
    list_filter = ["state"]
    list_select_related = ["stage__round", "nominee__employee", "assessor"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(state=ScoreSheet.State.DRAFT)
