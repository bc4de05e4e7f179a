"""Who is told when nobody takes an alert: the steps of the escalation."""

from dataclasses import dataclass

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.security.soc.models import EscalationStep, Notice
from yui.security.soc.operations.rota.sending import require_target
from yui.security.soc.policies import joint_body


@dataclass(frozen=True)
class StepFacts:
    """One step: alerts of at least a level that waited so long are told to a target."""

    position: int
    minimum_level: int
    after_minutes: int
    channel: str
    target: str
    to_on_call: bool = False


@operation("soc.escalation.add")
def add_step(actor: Actor, *, facts: StepFacts) -> EscalationStep:
    """Add a step.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
        ValidationError: naming what is wrong; a webhook must be one that the installation allows.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    require_target(facts.channel, facts.target)
    step = EscalationStep(
        organisation=body,
        position=facts.position,
        minimum_level=facts.minimum_level,
        after_minutes=facts.after_minutes,
        channel=facts.channel,
        target=facts.target,
        to_on_call=facts.to_on_call,
    )
    step.full_clean()
    step.save()
    record(
        body,
        subject=urn("soc.escalation", step.pk),
        summary=f"上申の手順{step.position}を加えました。",
        data={"channel": step.channel, "after_minutes": step.after_minutes, "level": step.minimum_level},
    )
    return step


@operation("soc.escalation.remove")
def remove_step(actor: Actor, *, step: EscalationStep) -> None:
    """Take a step away, with the list of what it sent; the ledger keeps that there was one.

    Raises:
        PermissionRefused: when the actor may not edit for the joint body.
    """
    body = joint_body()
    require(actor, Verb.EDIT, body)
    stored = EscalationStep.objects.owned_by(body).get(pk=step.pk)
    notices = Notice.objects.owned_by(body).filter(step=stored)
    record(
        body,
        subject=urn("soc.escalation", stored.pk),
        summary=f"上申の手順{stored.position}を外しました。",
        data={"channel": stored.channel, "notices": notices.count()},
    )
    notices.delete()
    stored.delete()
