from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from anas.rounds import stage


class VotingConfig(AppConfig):
    name = "voting"
    verbose_name = _("Poll")

    def ready(self) -> None:
        from anas.rounds import audit
        from voting import personal  # noqa: F401 (registers itself)
        from voting.stage import PollStage

        stage.register(PollStage())
        audit.register(
            {
                "cards.issued": _("issued voter cards"),
                "key.taken": _("took a part of the key away"),
                "key.lost": _("reported a part of the key as lost"),
                "key.renewed": _("had a new key made"),
                "key.brought": _("brought a part of the key for the count"),
                "box.started": _("started the poll with the last part of the key"),
                "box.opened": _("opened the ballot box"),
                "box.closed": _("closed the ballot box"),
                "box.counted": _("counted the votes"),
            }
        )
