"""Say that a challenge has become lighter or is gone, or that it is there again."""

from yui.governance.challenges.errors import AlreadySo, ReasonMissing
from yui.governance.challenges.models import Challenge, ChallengeState
from yui.governance.challenges.operations.records import locked, urn_of
from yui.kernel.calendar_jp import today
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require


@operation("challenges.challenge.close")
def close_challenge(
    actor: Actor, *, challenge: Challenge, reason: str, state: ChallengeState = ChallengeState.CLOSED
) -> Challenge:
    """Say that a challenge is gone (``CLOSED``) or lighter (``EASED``), and why.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps it.
        AlreadySo: when it has that state, or for the state ``OPEN``.
        ReasonMissing: without a reason.
    """
    require(actor, Verb.EDIT, challenge.organisation)
    if state == ChallengeState.OPEN:
        raise AlreadySo
    return _changed(challenge, ChallengeState(state), reason)


@operation("challenges.challenge.reopen")
def reopen_challenge(actor: Actor, *, challenge: Challenge, reason: str) -> Challenge:
    """Say that a challenge is there again, and why.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps it.
        AlreadySo: when it is open.
        ReasonMissing: without a reason.
    """
    require(actor, Verb.EDIT, challenge.organisation)
    return _changed(challenge, ChallengeState.OPEN, reason)


def _changed(challenge: Challenge, state: ChallengeState, reason: str) -> Challenge:
    """Store the state with its reason and day, and write it into the ledger."""
    if not reason.strip():
        raise ReasonMissing
    stored = locked(challenge)
    if stored.state == state:
        raise AlreadySo
    before = stored.state
    stored.state, stored.reason, stored.changed_on = state, reason.strip(), today()
    stored.full_clean()
    stored.save()
    record(
        stored.organisation,
        subject=urn_of(stored),
        summary=f"課題「{stored.title}」の状態を「{state.label}」にしました。",
        changes={"state": [before, state.value]},
        data={"reason": stored.reason},
        visibility=stored.visibility,
    )
    return stored
