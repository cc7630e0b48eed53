from django.contrib import admin

from anas.rounds.admin import ReadOnly
from nominations.models import Nominee, Proposal


@admin.register(Proposal)
class ProposalAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["unit", "stage", "state", "submitted_by", "submitted_at"]
    list_filter = ["state"]
    list_select_related = ["unit", "stage__round", "submitted_by"]


@admin.register(Nominee)
class NomineeAdmin(ReadOnly, admin.ModelAdmin):
    """Of a proposal that is still being prepared, nobody but its unit head sees anything."""

    list_display = ["employee", "classification", "proposal", "slot", "eliminated_after"]
    list_filter = ["classification"]
    list_select_related = ["employee", "proposal__unit", "eliminated_after__round"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(proposal__state=Proposal.State.SUBMITTED)
