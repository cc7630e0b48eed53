from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SetupConfig(AppConfig):
    name = "anas.setup"
    label = "setup"
    verbose_name = _("Set-up")

    def ready(self) -> None:
        from anas.rounds import audit

        audit.register({"office.founded": _("set up the office")})
