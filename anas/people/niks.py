"""NIK: the number of a person as a citizen. Kept where an office needs it, sealed, in a table of its own: no list of
people brings it along, and no page shows it."""

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from anas.people import sealed


class SealedField(models.TextField):
    """A text that the database holds sealed, and that only whoever asks this field reads. A backup takes the text
    itself along, since it is sealed as a whole; it is sealed anew where it is restored."""

    PURPOSE = "people.nik"
    MARK = "sealed:"

    def get_prep_value(self, value: str | None) -> str | None:
        if not value or value.startswith(self.MARK):
            return value
        return self.MARK + sealed.seal(self.PURPOSE, value)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        """As it is where another SECRET_KEY sealed it, so that it is not lost before the key is found."""
        if not value or not value.startswith(self.MARK):
            return value
        text = sealed.opened(self.PURPOSE, value.removeprefix(self.MARK))
        return value if text is None else text


class Nik(models.Model):
    employee = models.OneToOneField("people.Employee", models.CASCADE, primary_key=True, related_name="nik")
    number = SealedField(_("NIK"))
    # Finds the person at the login. Keyed, since a NIK can be guessed.
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("NIK")
        verbose_name_plural = _("NIK")

    def __str__(self) -> str:
        return str(self.employee)

    def save(self, *args, **kwargs) -> None:
        self.digest = digest(self.number)
        super().save(*args, **kwargs)


def digest(number: str) -> str:
    return salted_hmac("people.nik", number, algorithm="sha256").hexdigest()


def login_name(typed: str) -> str:
    """The employee number of whoever has this NIK; for an unknown one a word that says nothing, so that it comes into
    no table and no log."""
    found = Nik.objects.filter(digest=digest(typed)).values_list("employee__number", flat=True).first()
    return found or f"nik-{digest(typed)[:16]}"


def rekey() -> None:
    """After a restore: the digests are those of another SECRET_KEY."""
    for nik in Nik.objects.all():
        nik.save()
