"""What is kept of a person's part in polls. What somebody chose is kept nowhere with his name, so it is not here."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anas.people import personal
from anas.people.models import Employee
from voting.models import KeyShare, Voter


def rows(employee: Employee) -> Iterator[dict[str, object]]:
    shares = set(KeyShare.objects.filter(keyholder=employee).values_list("poll", flat=True))
    for voter in Voter.objects.filter(employee=employee).select_related("poll__stage__round__scope"):
        yield {
            _("Round"): str(voter.poll.round),
            _("On the voter roll"): True,
            _("Has voted"): voter.has_voted,
            _("Holds a part of the key"): voter.poll_id in shares,
        }


personal.register(
    parts=[personal.Part("polls", gettext_lazy("Polls"), rows)],
    kept=[
        personal.Kept(
            "roll",
            gettext_lazy("Who may vote, and that somebody has voted, without a time."),
            gettext_lazy("So that everybody votes once."),
            gettext_lazy("You; others see the turnout as a number."),
            until=gettext_lazy("as long as the office keeps the decrees that rest on it"),
        ),
        personal.Kept(
            "votes",
            gettext_lazy("Votes, in envelopes without a name. Nobody can tell whose an envelope is."),
            gettext_lazy("To count them, and so that everybody can check the count."),
            gettext_lazy("What a single person chose: nobody."),
            until=gettext_lazy("as long as the office keeps the decrees that rest on it"),
        ),
    ],
)
