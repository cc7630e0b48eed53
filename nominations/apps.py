from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from anas.rounds import stage


class NominationsConfig(AppConfig):
    name = "nominations"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        from anas.rounds import audit
        from nominations import personal  # noqa: F401 (registers itself)
        from nominations.stage import ProposalStage

        stage.register(ProposalStage())
        audit.register(
            {
                "nominee.assessed": _("began to assess"),
                "nominee.named": _("named as nominee"),
                "nominee.unnamed": _("took back as nominee"),
                "nominee.discarded": _("discarded the assessment"),
                "classification.skipped": _("proposed nobody in a classification"),
                "classification.unskipped": _("wanted to propose somebody after all"),
                "photo.set": _("set the photo"),
                "photo.removed": _("removed the photo"),
                "evidence.attached": _("attached evidence"),
                "evidence.detached": _("removed evidence"),
                "proposal.submitted": _("submitted the proposal"),
                "proposal.withdrawn": _("took the proposal back to change it"),
                "proposal.returned": _("returned the proposal for repair"),
                "proposal.waived": _("went on without a proposal"),
            }
        )
