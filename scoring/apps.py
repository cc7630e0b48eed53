from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from anas.rounds import stage


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = _("Scores")

    def ready(self) -> None:
        from anas.rounds import audit
        from scoring import personal  # noqa: F401 (registers itself)
        from scoring.scorekeeper import Scorekeeper
        from scoring.stage import HeadStage, PanelStage

        stage.register(PanelStage())
        stage.register(HeadStage())
        stage.register_scorekeeper(Scorekeeper())
        audit.register(
            {
                "sheet.submitted": _("handed in a score sheet"),
                "sheet.superseded": _("superseded a score sheet"),
                "assessor.recused": _("stepped back from scoring"),
                "tie.decided": _("decided a tie"),
                "bundle.downloaded": _("took the audit bundle away"),
            }
        )
