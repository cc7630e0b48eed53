"""The roll and the sealed ballot box. Who voted and what was voted never meet: see `DESIGN` in the README."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anas.people.models import Employee, Unit
from anas.rounds.models import Round, Stage
from nominations.models import Nominee


class Poll(models.Model):
    """The poll of one round: its public key, its ballot as frozen at the opening, and what the close published."""

    stage = models.OneToOneField(Stage, models.CASCADE, related_name="poll")
    public_key = models.BinaryField()
    # [{"code": "pns", "nominees": [12, 15]}, …]: the contests and who stands in each.
    ballot = models.JSONField()
    # Every sealed ballot is padded to this many bytes, so that its length does not tell the choice.
    plaintext_size = models.PositiveSmallIntegerField()
    # How many keyholders have to bring their parts; 0: the simple mode, with the key in a file.
    threshold = models.PositiveSmallIntegerField(default=0)
    # False while keyholders still have to take their parts away: nobody can vote yet.
    is_started = models.BooleanField(default=True)
    # Set by the close: SHA-256 of every sealed envelope, sorted, and the SHA-256 of that list.
    envelope_hashes = models.JSONField(null=True)
    envelope_root = models.CharField(max_length=64, blank=True)
    counted_at = models.DateTimeField(null=True)
    invalid_envelopes = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")

    def __str__(self) -> str:
        return str(self.stage.round)

    @property
    def round(self) -> Round:
        return self.stage.round

    @property
    def is_counted(self) -> bool:
        return self.counted_at is not None

    @property
    def contests(self) -> dict[str, list[int]]:
        """Keys of the finalists by the code of their classification, in the order of the ballot."""
        return {contest["code"]: contest["nominees"] for contest in self.ballot}


class KeyShare(models.Model):
    """Who holds which part of a poll's private key. The part itself is not in the database."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="shares")
    keyholder = models.ForeignKey(Employee, models.PROTECT, related_name="key_shares")
    index = models.PositiveSmallIntegerField()
    # The two words that the keyholder types back, counted from 1: proof that the part was really taken down.
    first_asked = models.PositiveSmallIntegerField()
    second_asked = models.PositiveSmallIntegerField()
    is_confirmed = models.BooleanField(default=False)
    is_lost = models.BooleanField(default=False)

    class Meta:
        ordering = ["poll", "index"]
        verbose_name = _("part of the key")
        verbose_name_plural = _("parts of the key")
        constraints = [
            models.UniqueConstraint(fields=["poll", "keyholder"], name="one_part_per_keyholder"),
            models.UniqueConstraint(fields=["poll", "index"], name="part_index_once"),
        ]

    def __str__(self) -> str:
        return f"{self.index}: {self.keyholder}"


class Voter(models.Model):
    """One line of the roll. Holds no time: the order of the votes must not be readable."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voters")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="votes_cast")
    # The office's child that the employee belongs to, for the turnout by unit; empty for the office's own people.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    has_voted = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("voter")
        verbose_name_plural = _("voter roll")
        constraints = [models.UniqueConstraint(fields=["poll", "employee"], name="voter_once")]

    def __str__(self) -> str:
        return str(self.employee)


class TurnoutDay(models.Model):
    """How many had voted when on this day a further step was first seen, rounded down to whole steps
    (`voting.history`, which says why). It belongs to no voter and to no vote, and no time of the day is kept."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="turnout_days")
    day = models.DateField()
    voted = models.PositiveIntegerField()

    class Meta:
        ordering = ["poll", "day"]
        constraints = [models.UniqueConstraint(fields=["poll", "day"], name="turnout_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.voted}"


class VoterCard(models.Model):
    """The printed card of an employee who votes at the office's computer. The code is on paper alone; here is its
    hash. Whether it has been used is not kept: the roll says who has voted."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="cards")
    employee = models.ForeignKey(Employee, models.CASCADE, related_name="voter_cards")
    code_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("voter card")
        verbose_name_plural = _("voter cards")
        constraints = [models.UniqueConstraint(fields=["poll", "employee"], name="one_card_per_voter")]

    def __str__(self) -> str:
        return str(self.employee)


class Envelope(models.Model):
    """A sealed ballot. Holds no voter, no time, no address and no sequence; its key is random."""

    id = models.UUIDField(primary_key=True)
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="envelopes")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "envelope"


class Choice(models.Model):
    """One counted choice in one contest. The places are shuffled per contest, so that the choices of one voter cannot
    be put together again. No nominee: an abstention."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="choices")
    contest = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    nominee = models.ForeignKey(Nominee, models.PROTECT, null=True, related_name="votes")

    class Meta:
        ordering = ["poll", "contest", "place"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "contest", "place"], name="choice_place_once"),
            models.CheckConstraint(condition=~Q(contest=""), name="choice_has_contest"),
        ]

    def __str__(self) -> str:
        return f"{self.contest} {self.place}"
