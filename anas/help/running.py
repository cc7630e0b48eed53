"""The help to those who decide, prepare, watch and keep the key."""

from django.utils.translation import gettext as _

from anas.help.guide import Guide, forgotten_password, lost_connection, minutes
from anas.rounds import stage as stages


def head() -> Guide:
    return Guide(
        title=_("Head of the office: you score the finalists and sign"),
        lead=_("You have the last part of the score, you approve the result, and you sign the decree."),
        when=_("After the count, and again when the result is there."),
        how_long=_("About %(minutes)s minutes for each finalist; a few minutes for approval and signature.")
        % minutes("head"),
        steps=[
            (_("Score"), _("You see the finalists with their votes, and score each on every indicator.")),
            (_("Hand all sheets in …"), _("Together, when all are complete. Drafts are saved as you go.")),
            (_("Close the assessment"), _("With it your part counts, and the team combines all parts.")),
            (_("Approve the result"), _("Every number opens the way it came about. You can also send it back.")),
            (_("Sign"), _("The decree, electronically or on paper, once the committee has issued it.")),
        ],
        limits=[
            _(
                "Your part has the weight of the scheme, no more: you cannot put somebody else in the place of the "
                "winner."
            ),
            _(
                "Sent back, your own assessment is open again, with your reason on record. The votes and the team's "
                "part stay."
            ),
            _("If finalists are equal at the very end, you decide with a reason. It is printed in the minutes."),
        ],
        troubles=[
            (
                _("I am away."),
                _(
                    "Your deputy (Plt., Plh. or a delegate), entered with dates, acts for you; every act says who did "
                    "it."
                ),
            ),
            (
                _("The result cannot be approved yet."),
                _("The page says what it waits for, for example an objection that has not been answered."),
            ),
            lost_connection(),
            forgotten_password(),
        ],
        questions=[
            (
                _("Can I see how somebody voted?"),
                _("No. Nobody can. You see how many votes each finalist got."),
            ),
            (
                _("What protects me when I sign?"),
                _(
                    "Every number can be recomputed from the printed ones, the rules were frozen before, and a witness "
                    "read "
                    "everything."
                ),
            ),
        ],
    )


def committee() -> Guide:
    return Guide(
        title=_("Committee: you prepare the round and move it on"),
        lead=_("You keep the list of people, set up the round, open and close its stages, and issue the papers."),
        when=_("From the preparation to the announcement."),
        how_long=_("An hour or two to prepare; then a few minutes at each stage."),
        steps=[
            (_("Prepare a round"), _("Award, dates, team, chair and witness. A draft is seen by the committee alone.")),
            (_("Open the round"), _("Freezes the rules. If something is missing, the page says what.")),
            (
                _("Close: %(stage)s") % {"stage": "…"},
                _("Nothing closes by itself; a person does it, and it stands in the trail."),
            ),
            (_("Open: %(stage)s") % {"stage": "…"}, _("The next stage. The poll fixes the voter roll and the ballot.")),
            (
                _("Count the votes"),
                _("After the box is closed; with a split key, once enough parts have been brought."),
            ),
            (_("Issue the decree"), _("After the head's approval; then certificates and announcement.")),
            (_("Announce"), _("The winners can be seen by everybody, on a public page too.")),
        ],
        limits=[
            _("You cannot vote for anyone, score, or change a sheet: who runs a round does not decide it."),
            _("Until the count you see how many have voted, never for whom."),
            _("Every act of yours is in the audit trail, which the witness reads."),
        ],
        troubles=[
            (
                _("Somebody has forgotten his password or has no card."),
                _("Print an activation card on the page of the person. Hand it over folded, to its owner alone."),
            ),
            (
                _("A unit does not propose."),
                _("Extend the deadline with a reason, or go on without this unit, with a reason too."),
            ),
            (
                _("A stage was closed too early."),
                _(
                    "Open it again with a reason, as long as the next one has not begun. A closed ballot box stays "
                    "closed."
                ),
            ),
            (
                _("A nominee withdraws or leaves the office."),
                _(
                    "Before the team begins, return the proposal to the unit. Later the name stays, so that nobody "
                    "else's "
                    "numbers change; who wins may still decline the award."
                ),
            ),
            (
                _("A part of the key is lost."),
                _("Report it as lost. The count goes on with the others, as long as enough are left."),
            ),
            (
                _("There is a mistake in an issued document."),
                _("It is never changed. Replace it by a new one; the old one says so to whoever checks it."),
            ),
        ],
        questions=[
            (
                _("Can a round be tried out first?"),
                _(
                    "Yes, in a rehearsal: a marked copy of the round in which you can have the others play. It counts "
                    "nowhere and is removed with one button."
                ),
            ),
        ],
    )


def witness() -> Guide:
    return Guide(
        title=_("Witness: you watch"),
        lead=_("You read everything and write nothing. With you there is somebody who can say that all was in order."),
        when=_("During the whole round; above all when the box is opened, closed and counted."),
        how_long=_("A quarter of an hour at each of these moments."),
        steps=[
            (_("The rules"), _("Note the fingerprint of the rules when the round opens. It stands in every document.")),
            (_("Ballot box"), _("When it is closed, take the list of envelopes away, or its fingerprint.")),
            (_("Audit trail"), _("Who did what and when. Each entry seals the one before; nothing can be taken out.")),
            (_("Result"), _("Follow a number down to its sheets and counts. A pocket calculator is enough.")),
            (_("Audit bundle"), _("Everything in one file, with which the result can be recomputed elsewhere.")),
        ],
        limits=[
            _("You change nothing, so that nobody can say you had a hand in it."),
            _("You read every sheet and every entry, but no vote: nobody can."),
            _("If you are an employee of the office, you vote like everybody else."),
        ],
        troubles=[
            (
                _("A receipt is not in the list."),
                _(
                    "Compare the code sign by sign. If it is missing, say so before the result is approved, and have "
                    "it noted."
                ),
            ),
            (
                _("The trail is said to be broken."),
                _("Note the number of the entry, keep the bundle, and tell the head of the office before he signs."),
            ),
            forgotten_password(),
        ],
        questions=[
            (
                _("How do I check without trusting this application?"),
                _(
                    "The bundle says how its numbers are computed. Any calculator, or the checking program on another "
                    "computer, has to come to the same result."
                ),
            ),
        ],
    )


def keyholder() -> Guide:
    poll = stages.kind("poll")
    times = {"take": poll.minutes_to_take_a_part, "bring": poll.minutes_to_bring_it}
    return Guide(
        title=_("Keyholder: you keep a part of the key"),
        lead=_(
            "The envelopes can be opened only with a key that is split. You keep one part of it, outside of any "
            "computer."
        ),
        when=_("Before the poll starts, and again at the count."),
        how_long=_("About %(take)s minutes to take your part, %(bring)s minutes to bring it.") % times,
        steps=[
            (_("Take it"), _("On the first page, as soon as the poll has been opened.")),
            (_("Show my part"), _("A list of words. Print it or write it down, alone, without a photo.")),
            (_("I have my part"), _("Type two of the words back. Then your part is deleted from the server.")),
            (_("Bring it"), _("When the box is closed: type the words.")),
            (_("Bring this part"), _("As soon as enough parts are there, the committee counts.")),
        ],
        limits=[
            _("Your part alone opens nothing. So many keyholders as the round asks for are needed together."),
            _("Show your part to nobody, not to the committee either, and send it by no messenger."),
            _("The poll starts only when every keyholder has taken his part away."),
        ],
        troubles=[
            (
                _("I have lost my part."),
                _("Press “%(lost)s” at once. Nobody can show it again; the count goes on with the others.")
                % {"lost": _("Report as lost")},
            ),
            (
                _("Somebody has seen my part."),
                _("Tell the committee and the witness. While nobody can have voted, the committee makes a new key."),
            ),
            (
                _("A word is not accepted at the count."),
                _("Each part has a check of its own: compare letter by letter, and mind the order."),
            ),
            forgotten_password(),
        ],
        questions=[
            (
                _("What if I am ill on the day of the count?"),
                _(
                    "The count needs fewer parts than there are keyholders. Whoever is missing is not missed, if "
                    "enough come."
                ),
            ),
        ],
    )
