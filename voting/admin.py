"""The roll, and nothing else of a poll: no envelope, no choice, no key. Not who has voted either: whoever can read that
again and again while the poll runs sees in which order the votes come."""

from django.contrib import admin

from anas.rounds.admin import ReadOnly
from voting.models import Voter


@admin.register(Voter)
class VoterAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["employee", "unit", "poll"]
    list_select_related = ["employee", "unit", "poll__stage__round"]
    fields = ["poll", "employee", "unit"]
    search_fields = ["employee__name"]
    ordering = ["employee__name"]
