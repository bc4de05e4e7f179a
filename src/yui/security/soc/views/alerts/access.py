"""What every page of alerts asks first: who reads, which record, what he may do with it."""

from django.http import HttpRequest

from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.security.soc.models import AlertGroup
from yui.security.soc.policies import joint_body, may
from yui.security.soc.queries.alerts.detail import groups_in_full


def visible_group(request: HttpRequest, pk: int) -> AlertGroup:
    """Return a group with what its page shows, or answer 404."""
    group: AlertGroup = visible_or_404(groups_in_full(actor_of(request)), pk=pk)
    return group


def may_work(actor: Actor, group: AlertGroup) -> bool:
    """Tell whether the reader may take and close the group."""
    return may(actor, Verb.EDIT, group.organisation)


def may_see_joint(actor: Actor) -> bool:
    """Tell whether the reader belongs to the joint body, whose the joint alerts are."""
    return allows(actor, Verb.VIEW, joint_body())
