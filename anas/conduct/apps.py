from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConductConfig(AppConfig):
    name = "anas.conduct"
    label = "conduct"
    verbose_name = _("Complaints and discipline")

    def ready(self) -> None:
        from anas.conduct import personal  # noqa: F401 (registers itself)
        from anas.rounds import audit

        audit.register(
            {
                "report.added": _("entered a complaint or commendation"),
                "report.corrected": _("corrected a complaint or commendation"),
                "report.decided": _("decided on a complaint"),
                "reports.imported": _("imported complaints and commendations"),
                "penalty.added": _("entered a discipline penalty"),
                "penalty.corrected": _("corrected a discipline penalty"),
                "penalty.removed": _("removed a discipline penalty"),
            }
        )
