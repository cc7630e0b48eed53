from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "anas.documents"
    label = "documents"
    verbose_name = _("Documents")

    def ready(self) -> None:
        from anas.documents import checks, personal  # noqa: F401 - they register themselves
        from anas.rounds import audit

        audit.register(
            {
                "decree.drafted": _("prepared the decree"),
                "document.issued": _("issued the document"),
                "document.signed": _("signed the document"),
                "document.superseded": _("replaced the document"),
                "document.revoked": _("revoked the document"),
                "documents.archived": _("took all documents away"),
                "batch.started": _("had certificates made in the background"),
                "batch.cancelled": _("stopped the making of certificates"),
                "batch.finished": _("finished the certificates made in the background"),
                "letterhead.changed": _("changed the letterhead"),
                "letterhead.brought_back": _("brought an earlier letterhead back"),
            }
        )
