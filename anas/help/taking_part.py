"""The help to those who propose, score and vote."""

from django.utils.translation import gettext as _

from anas.help.guide import Guide, deadline_passed, forgotten_password, lost_connection, minutes


def employee() -> Guide:
    return Guide(
        title=_("Employee: you vote"),
        lead=_("Everybody in the office has one vote in each classification, and each vote counts the same."),
        when=_("While the poll is open. The first page says until when."),
        how_long=_("About %(minutes)s minutes, on a phone too.") % minutes("poll"),
        steps=[
            (_("Vote now"), _("On the first page. Read why each finalist was proposed.")),
            (_("Check my choice"), _("Choose one person in each classification, or abstain. Nothing is sent yet.")),
            (_("Send my vote"), _("You see your choice once more, then it goes into the box, sealed.")),
            (_("Print the receipt"), _("Or write its code down: it proves that your envelope is in the box.")),
            (_("Receipts"), _("After the box is closed, type the code there: you see that your envelope is in it.")),
        ],
        limits=[
            _(
                "Nobody can see how you voted: the envelope carries no name and no time. Not even the committee can "
                "look."
            ),
            _("A vote that was sent cannot be changed, since nobody can find it again."),
            _("Nobody may vote for you. Finalists vote too, like everybody else."),
        ],
        troubles=[
            (
                _("I chose the wrong person."),
                _("On the check page press “%(change)s”. Once it is sent, it stays as it is.")
                % {"change": _("Change")},
            ),
            (
                _("I have lost the receipt."),
                _(
                    "Your vote counts all the same. It can be shown again only in the browser in which you voted, for "
                    "a day."
                ),
            ),
            (
                _("The page broke off while I was sending."),
                _("Send again. The same vote is kept once, and you get the same receipt."),
            ),
            (
                _("I have no phone."),
                _("Ask the committee for a voter card, and vote at the office's computer."),
            ),
            forgotten_password(),
            deadline_passed(),
        ],
        questions=[
            (
                _("Why are the finalists in another order on my colleague's screen?"),
                _("Each ballot is shuffled, so that nobody wins by standing at the top."),
            ),
            (
                _("Does abstaining help somebody?"),
                _("No. An abstention is not a valid vote; the shares are counted from the valid votes alone."),
            ),
        ],
    )


def unit_head() -> Guide:
    return Guide(
        title=_("Unit head: you propose"),
        lead=_(
            "You know your people best. You assess them on the indicators, and name the best in each classification."
        ),
        when=_("In the first stage, as soon as the committee has opened the round."),
        how_long=_("About %(minutes)s minutes for the whole unit.") % minutes("proposal"),
        steps=[
            (_("Propose"), _("On the first page. You see a place for each classification.")),
            (_("Assess"), _("Give a score on each indicator, and say what speaks for this person.")),
            (
                _("Save and name for %(classification)s") % {"classification": "…"},
                _("Names this person for the classification. Photo and evidence help the team."),
            ),
            (_("There is nobody to propose"), _("If so, say why: the committee and the witness read it.")),
            (_("Check and submit"), _("You see everything once more. With the submission it goes to the committee.")),
        ],
        limits=[
            _("You propose for your own unit only, and never yourself: an award has to come from somebody else."),
            _(
                "Who is named, and why, is read by the team and later by the voters. The other assessments stay with "
                "you."
            ),
            _("A complaint in the register suggests a score; you decide, with your reason."),
        ],
        troubles=[
            (
                _("I have submitted, and something is wrong."),
                _("Until the deadline press “%(back)s”, change it, and submit again.")
                % {"back": _("Take it back to change it")},
            ),
            (
                _("The proposal came back."),
                _("The committee's reason stands at the top of the page. Repair it and submit once more."),
            ),
            (
                _("My nominee withdraws."),
                _(
                    "Until the deadline take the proposal back and name somebody else. Later the name stays on the "
                    "list, so "
                    "that nobody else's numbers change; who wins may still decline the award."
                ),
            ),
            (
                _("Somebody of my unit is missing in the list."),
                _("The committee keeps the list of people: tell it the name and the classification."),
            ),
            lost_connection(),
            deadline_passed(),
        ],
        questions=[
            (
                _("I am away during these days."),
                _("The committee can enter a deputy (Plt., Plh. or a delegate) for the days of your absence."),
            ),
        ],
    )


def assessor() -> Guide:
    return Guide(
        title=_("Member of the team: you score"),
        lead=_("Every member scores every nominee on every indicator, each for himself; then the team discusses."),
        when=_("In the team's stage, after the units have proposed."),
        how_long=_("About %(minutes)s minutes for each nominee. You can stop at any time.") % minutes("panel"),
        steps=[
            (_("Score"), _("On the first page. It shows your sheets and which of them are still missing.")),
            (_("Save the draft"), _("Not needed: what you enter is saved as you go. A draft does not count yet.")),
            (_("Hand in …"), _("When a sheet is complete. From then on it counts, and you see what the others gave.")),
            (_("Discussion"), _("Once all sheets are in: where the team lies apart, as a picture.")),
            (
                _("Supersede the sheet"),
                _("If the discussion convinced you: a new sheet with a reason. Both stay on record."),
            ),
        ],
        limits=[
            _("You see the scores of the others only after your own: so everybody judges independently."),
            _("Nobody scores himself. Whoever is nominated steps back by himself, and the minutes say so."),
            _(
                "Related to a nominee, or a conflict of interest? Step back with a reason; your sheet is left out of "
                "the mean."
            ),
        ],
        troubles=[
            (
                _("I typed a wrong score."),
                _(
                    "In a draft, correct it. If the sheet is handed in, supersede it with a reason while the stage is "
                    "open."
                ),
            ),
            (
                _("I do not know this person."),
                _("Read the reason and the evidence, and ask the unit. To step back is for conflicts of interest."),
            ),
            lost_connection(),
            forgotten_password(),
            deadline_passed(),
        ],
        questions=[
            (
                _("Who reads my scores?"),
                _(
                    "The team after its own sheets; the committee, the head of the office and the witness. Employees "
                    "see "
                    "numbers, never who gave them."
                ),
            ),
        ],
    )


def chair() -> Guide:
    return Guide(
        title=_("Chair of the team: you lead the assessment"),
        lead=_("You score like every member. You also lead the discussion, close the assessment and decide ties."),
        when=_("In the team's stage, and at the end, when the parts are combined."),
        how_long=_("Like a member, about %(minutes)s minutes for each nominee, and the discussion.") % minutes("panel"),
        steps=[
            (_("Score"), _("Your own sheets first, like every member.")),
            (_("Discussion"), _("Open it in the meeting: it shows where the sheets lie furthest apart.")),
            (_("Close the assessment"), _("Once all sheets are in. Afterwards nothing in it can be changed.")),
            (_("Decide"), _("If the rule leaves nominees equal: who goes on, with a reason that is printed.")),
            (_("Combine the result"), _("After the last stage: all parts together, the best of each classification.")),
        ],
        limits=[
            _("You decide a tie for the shortlist; a tie at the very end is for the head of the office."),
            _("You cannot change the sheet of somebody else, nor score yourself."),
            _("Where there is an objection period, the team answers every objection before the head can approve."),
        ],
        troubles=[
            (
                _("A member does not hand in."),
                _(
                    "The page says who owes what. Call; ask the committee for an extension; or let the member step "
                    "back."
                ),
            ),
            (
                _("I closed too early."),
                _("Press “%(again)s” with a reason, as long as the next stage has not opened.")
                % {"again": _("Open again: %(stage)s") % {"stage": "…"}},
            ),
            deadline_passed(),
        ],
        questions=[
            (
                _("Why is a tie not drawn by lot?"),
                _(
                    "Chance gives no reason. The rule compares first; if it leaves people equal, a person answers for "
                    "it."
                ),
            ),
        ],
    )
