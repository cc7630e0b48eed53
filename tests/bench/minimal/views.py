from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from tests.bench.minimal.models import Ballot, Participation, Round


class BallotForm(forms.Form):
    """One choice per classification; none is an abstention."""

    def __init__(self, *args, round: Round, **kwargs):
        super().__init__(*args, **kwargs)
        for classification in round.classifications.all():
            self.fields[f"pilihan-{classification.code}"] = forms.ModelChoiceField(
                classification.nominees.all(), required=False, label=classification.name
            )

    def choices(self) -> dict[str, int | None]:
        return {name: nominee.pk if nominee else None for name, nominee in self.cleaned_data.items()}


@login_required
def vote(request, pk):
    """Takes a vote: one line that the person has voted, one with the vote."""
    round = get_object_or_404(Round, pk=pk)
    form = BallotForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            Participation.objects.create(round=round, user=request.user)
            Ballot.objects.create(round=round, choices=form.choices())
        return redirect("ballot", pk)
    return render(request, "vote.html", {"form": form})


@login_required
def ballot(request, pk):
    """The same page as ours, rendered plainly: what it shows is read with the ORM, and the template prints it."""
    round = get_object_or_404(Round.objects.select_related("scope__parent"), pk=pk)
    classifications = round.classifications.prefetch_related("nominees__unit")
    if Participation.objects.filter(round=round, user=request.user).exists():
        return redirect("tasks")
    context = {"round": round, "classifications": classifications, "steps": round.stages.all()}
    return render(request, "ballot.html", context)
