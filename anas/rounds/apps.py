from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "anas.rounds"
    label = "rounds"
    verbose_name = _("Rounds")

    def ready(self) -> None:
        from anas.rounds import audit, personal  # noqa: F401 (personal registers itself)

        audit.register(
            {
                "round.created": _("prepared the round"),
                "round.scheduled": _("set the schedule"),
                "round.opened": _("opened the round"),
                "round.combined": _("combined the result"),
                "round.approved": _("approved the result"),
                "round.sent_back": _("sent the result back"),
                "round.decreed": _("decreed the result"),
                "round.announced": _("announced the result"),
                "round.cancelled": _("cancelled the round"),
                "objection.raised": _("an employee objected to the result"),
                "objection.answered": _("answered an objection"),
                "objection.settled": _("said what follows from an objection"),
                "member.set": _("gave a role in the round"),
                "member.removed": _("took a role away"),
                "stage.opened": _("opened the stage"),
                "stage.closed": _("closed the stage"),
                "stage.settled": _("settled the scores of the stage"),
                "stage.extended": _("extended the deadline"),
                "stage.reopened": _("opened the stage again"),
                "employee.added": _("added somebody to the office"),
                "employee.changed": _("changed what is known about somebody"),
                "employee.retired": _("took somebody out of service"),
                "employee.restored": _("took somebody back into service"),
                "employee.password_given": _("gave out a new password"),
                "activation.issued": _("issued activation cards"),
                "activation.mailed": _("sent activation codes by mail"),
                "activation.used": _("set a password with an activation code"),
                "people.imported": _("imported a list of people"),
                "people.import_undone": _("undid an import of people"),
                "unit.added": _("added a unit"),
                "unit.changed": _("changed a unit"),
                "committee.added": _("took somebody into the committee"),
                "committee.removed": _("took somebody out of the committee"),
                "deputy.added": _("named a deputy"),
                "deputy.ended": _("ended a deputyship"),
                "admin.added": _("added in the admin"),
                "admin.changed": _("changed in the admin"),
                "admin.deleted": _("deleted in the admin"),
            }
        )
