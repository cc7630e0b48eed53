"""The electronic signature of a document: the signed file, beside the bytes that were issued."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee
from anas.refused import Refused


class SignatureQuerySet(models.QuerySet):
    def update(self, **values):
        raise Refused(gettext("A signature is never changed."))

    def delete(self):
        raise Refused(gettext("A signature cannot be deleted."))


class Signature(models.Model):
    """Once per document, and append-only. What was issued stays in the document as it was."""

    class Way(models.TextChoices):
        BSRE = "bsre", _("BSrE")
        LOCAL = "p12", _("certificate file")
        UPLOAD = "unggah", _("signed elsewhere")

    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="signature", editable=False)
    way = models.CharField(max_length=10, choices=Way, editable=False)
    pdf = models.BinaryField(editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    signed_by = models.ForeignKey(Employee, models.PROTECT, related_name="+", editable=False)
    signed_at = models.DateTimeField(editable=False)
    # What the certificate says of itself; nobody has vouched for it here.
    subject = models.CharField(max_length=250, editable=False)
    issuer = models.CharField(max_length=250, editable=False)
    serial = models.CharField(max_length=64, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("electronic signature")
        verbose_name_plural = _("electronic signatures")

    def __str__(self) -> str:
        return f"{self.document}: {self.subject}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise Refused(gettext("A signature is never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Refused(gettext("A signature cannot be deleted."))
