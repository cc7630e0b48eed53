from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SsoConfig(AppConfig):
    """The extra `sso`, on django-allauth: only where that is installed."""

    name = "anas.sso"
    label = "sso"
    verbose_name = _("Second factor and single sign-on")

    def ready(self) -> None:
        from anas.people import entering
        from anas.rounds import audit
        from anas.sso import factors

        entering.register(factors.enter)
        audit.register(
            {
                "factor.added": _("set up a second factor"),
                "factor.removed": _("removed a second factor"),
            }
        )
