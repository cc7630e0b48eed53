"""What happens to the schemes of an office. Every function takes `by`, the person who acts, runs in one transaction,
writes the audit trail, and raises Refused with the reasons where the act cannot be done. A round has a copy of its
scheme: nothing here touches one that has been opened."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from anas.people.models import Employee, Unit
from anas.refused import Refused, refuse_for, require
from anas.rounds import audit, guards, rules
from anas.rounds import scheme as schemes
from anas.rounds import services as rounds
from anas.rounds.editor.changes import changes
from anas.rounds.models import Round
from anas.rounds.own_schemes import EarlierScheme, OwnScheme
from anas.rounds.scheme import Scheme

MOST_TOLD = 100  # changes in one entry of the trail


def reason_code_taken(unit: Unit, code: str, own: OwnScheme | None = None) -> str | None:
    """A code means one scheme of an office."""
    others = OwnScheme.objects.filter(unit=unit, code=code).exclude(pk=own.pk if own else None)
    return _("another scheme of this office has this code") if others.exists() else None


def reason_changed_meanwhile(own: OwnScheme, seen: int) -> str | None:
    """Nobody writes over what he has not seen."""
    if own.number == seen:
        return None
    words = _("%(name)s has saved version %(number)s meanwhile. Nothing of yours is lost; it is not saved yet.")
    return words % {"name": own.by, "number": own.number}


def reasons_not_to_delete(own: OwnScheme) -> Iterator[str]:
    for round in own.rounds.select_related("scope"):
        yield _("%(round)s of %(office)s uses it.") % {"round": round, "office": round.scope}


@transaction.atomic
def keep(*, unit: Unit, scheme: Scheme, by: Employee) -> OwnScheme:
    """A new scheme of this office."""
    require(rules.may_set_up_in(by, unit), reason_code_taken(unit, scheme.code))
    own = OwnScheme(unit=unit)
    _write(own, scheme, by)
    _note(own, by, "scheme.kept", digest=own.digest)
    return own


@transaction.atomic
def change(own: OwnScheme, *, scheme: Scheme, seen: int, by: Employee) -> OwnScheme:
    """The next version. `seen`: the number of the version that the person has changed."""
    own = _locked(own)
    require(rules.may_set_up_in(by, own.unit), reason_changed_meanwhile(own, seen))
    require(reason_code_taken(own.unit, scheme.code, own))
    found = changes(own.scheme, scheme)
    if not found:
        raise Refused(_("This is what the scheme says already."))
    EarlierScheme.objects.create(own=own, number=own.number, frozen=own.frozen, by=own.by, at=own.at)
    own.number += 1
    _write(own, scheme, by)
    told = [str(one) for one in found[:MOST_TOLD]]
    _note(own, by, "scheme.changed", version=own.number, digest=own.digest, changes=told)
    return own


@transaction.atomic
def delete(own: OwnScheme, *, by: Employee) -> None:
    """With all its versions; never while a round uses it."""
    own = _locked(own)
    require(rules.may_set_up_in(by, own.unit))
    refuse_for(reasons_not_to_delete(own))
    _note(own, by, "scheme.deleted", digest=own.digest)
    own.delete()


@transaction.atomic
def take_present_scheme(round: Round, *, by: Employee) -> Round:
    """A draft gets its scheme as it is now. Stages that stay keep their dates."""
    round = rounds.locked(round)
    require(rules.must_be(rules.COMMITTEE, by, round))
    refuse_for(guards.reasons_not_to_take_scheme(round))
    schedule = {stage.code: (stage.opens_at, stage.closes_at) for stage in round.stages.all()}
    round.frozen_scheme = schemes.freeze(round.present_scheme)
    round.save(update_fields=["frozen_scheme"])
    round.stages.all().delete()
    rounds.make_stages(round, schedule)
    rounds.note(round, by, "round.scheme_taken", round, digest=schemes.digest(round.frozen_scheme))
    return round


def _locked(own: OwnScheme) -> OwnScheme:
    """As it is now, held against other writers. Raises Refused where it has been deleted."""
    found = OwnScheme.objects.select_for_update(of=("self",)).select_related("unit", "by").filter(pk=own.pk).first()
    if found is None:
        raise Refused(_("This scheme has been deleted."))
    return found


def _write(own: OwnScheme, scheme: Scheme, by: Employee) -> None:
    own.code, own.frozen, own.by, own.at = scheme.code, schemes.freeze(scheme), by, timezone.now()
    try:
        with transaction.atomic():
            own.save()
    except IntegrityError:
        raise Refused(_("Another scheme of this office has this code.")) from None


def _note(own: OwnScheme, by: Employee, action: str, **detail: Any) -> None:
    audit.record(None, by=by, action=action, subject=str(own), role=rules.COMMITTEE, unit=str(own.unit), **detail)
