from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from anas.rounds import stage


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = _("Poll")

    def ready(self) -> None:
        from voting.stage import PollStage

        stage.register(PollStage())
