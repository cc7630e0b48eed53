from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "anas.rounds"
    label = "rounds"
    verbose_name = _("Rounds")

    def ready(self) -> None:
        from anas.rounds import audit

        audit.register(
            {
                "round.created": _("prepared the round"),
                "round.scheduled": _("set the schedule"),
                "round.opened": _("opened the round"),
                "round.combined": _("combined the result"),
                "round.approved": _("approved the result"),
                "round.sent_back": _("sent the result back"),
                "round.decreed": _("decreed the result"),
                "round.announced": _("announced the result"),
                "round.cancelled": _("cancelled the round"),
                "member.set": _("gave a role in the round"),
                "member.removed": _("took a role away"),
                "stage.opened": _("opened the stage"),
                "stage.closed": _("closed the stage"),
                "stage.settled": _("settled the scores of the stage"),
                "stage.extended": _("extended the deadline"),
                "stage.reopened": _("opened the stage again"),
            }
        )
