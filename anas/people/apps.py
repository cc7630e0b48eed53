from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "anas.people"
    label = "people"
    verbose_name = _("People and units")

    def ready(self) -> None:
        from anas import (
            checks,  # noqa: F401 (registers itself)
            logs,
        )
        from anas.people import again  # noqa: F401 (hears of logins)

        logs.install()
