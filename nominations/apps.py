from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from anas.rounds import stage


class NominationsConfig(AppConfig):
    name = "nominations"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        from nominations.stage import ProposalStage

        stage.register(ProposalStage())
