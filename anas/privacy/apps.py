from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "anas.privacy"
    label = "privacy"
    verbose_name = _("Privacy")

    def ready(self) -> None:
        from anas.people.personal import looked
        from anas.privacy import looks, personal  # noqa: F401 (personal registers itself)
        from anas.rounds import audit

        looked.connect(looks.write, dispatch_uid="privacy")
        audit.register({"data.purged": _("deleted data whose time was over")})
