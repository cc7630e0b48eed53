from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Activation(models.Model):
    """The one-time code with which somebody sets a password without knowing one. The code is on a card or in a mail;
    here is its hash. Nobody has two: a new one replaces the old one. It goes once it has been used."""

    employee = models.OneToOneField("people.Employee", models.CASCADE, related_name="activation")
    code_hash = models.CharField(max_length=64, unique=True)
    ends_at = models.DateTimeField(_("holds until"))

    class Meta:
        verbose_name = _("activation code")
        verbose_name_plural = _("activation codes")

    def __str__(self) -> str:
        return str(self.employee)

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.ends_at
