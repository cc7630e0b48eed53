from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
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
        # Most people log in to vote: when they did so last would say when they voted.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
