"""Who may do what with a report, beyond seeing (which the scope decides).

Who edits for the organisation keeps its plans and writes in drafts; who approves for it closes and publishes,
and alone corrects what is closed.
"""

from yui.governance.reports.models import Report
from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE


def verb_of_change(report: Report) -> Verb:
    """Return what a person must be allowed to do to change a report: more once it is closed."""
    return Verb.EDIT if report.is_draft else Verb.APPROVE


def may_write(actor: Actor, report: Report) -> bool:
    """Tell whether the actor may change the notes and make the report again."""
    return allows(actor, verb_of_change(report), report.organisation)


def may_approve(actor: Actor, report: Report) -> bool:
    """Tell whether the actor may close and publish the report."""
    return allows(actor, Verb.APPROVE, report.organisation)


def is_reported_on(organisation: Organisation) -> bool:
    """Tell whether there are reports of an organisation: of wards, and of the secretariat for all of them."""
    return organisation.is_ward or organisation.code == SECRETARIAT_CODE


def organisations_planned_by(actor: Actor) -> list[Organisation]:
    """Return the organisations whose plans the actor may keep, the secretariat first."""
    keeping = Organisation.objects.active()
    if not actor.is_system:
        keeping = keeping.filter(pk__in=actor.organisation_ids_with(Verb.EDIT))
    return sorted(filter(is_reported_on, keeping), key=lambda each: each.is_ward)
