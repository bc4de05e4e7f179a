"""What every page of alerts asks first: who reads, which record, what he may do with it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from yui.kernel.policy import Actor, Verb, allows
from yui.security.soc.models import AlertGroup
from yui.security.soc.policies import joint_body, may
from yui.security.soc.queries.alerts.detail import groups_in_full


def actor_of(request: HttpRequest) -> Actor:
    """Return who reads."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def visible_or_404(records: QuerySet, **condition: Any) -> Any:
    """Return the record, or answer 404: one that the reader may not see does not exist for him."""
    return get_object_or_404(records, **condition)


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
