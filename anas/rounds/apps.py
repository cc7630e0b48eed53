from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "anas.rounds"
    label = "rounds"
    verbose_name = _("Rounds")

    def ready(self) -> None:
        from anas.rounds import audit, personal  # noqa: F401 (personal registers itself)
        from anas.rounds.phrases import PHRASES

        audit.register(PHRASES)
