from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailingConfig(AppConfig):
    name = "anas.mailing"
    label = "mailing"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from anas.mailing import notices, personal  # noqa: F401 (personal registers itself)
        from anas.rounds import audit

        audit.recorded.connect(notices.after_entry, dispatch_uid="mailing")
