from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RehearsalConfig(AppConfig):
    name = "anas.rehearsal"
    label = "rehearsal"
    verbose_name = _("Rehearsals")

    def ready(self) -> None:
        from anas.rounds import audit

        audit.register(
            {
                "rehearsal.started": _("started a rehearsal"),
                "rehearsal.played": _("had the others play in the rehearsal"),
                "rehearsal.removed": _("removed a rehearsal with everything in it"),
            }
        )
