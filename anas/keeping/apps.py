from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "anas.keeping"
    verbose_name = _("Backup")

    def ready(self) -> None:
        from anas.rounds import audit

        audit.register({"backup.restored": _("restored a backup")})
