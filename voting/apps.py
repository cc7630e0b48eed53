from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from anas.rounds import stage


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = _("Poll")

    def ready(self) -> None:
        from anas.rounds import audit
        from voting.stage import PollStage

        stage.register(PollStage())
        audit.register(
            {
                "box.opened": _("opened the ballot box"),
                "box.closed": _("closed the ballot box"),
                "box.counted": _("counted the votes"),
            }
        )
