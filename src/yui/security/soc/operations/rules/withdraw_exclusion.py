"""Let a rule speak again before an exclusion ends by itself."""

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.operations import operation
from yui.kernel.policy import Actor, Verb
from yui.security.soc.models import RuleExclusion
from yui.security.soc.operations.recording import record_watched
from yui.security.soc.operations.rules.errors import ExclusionEnded
from yui.security.soc.policies import require_watch


@operation("soc.exclusion.withdraw")
def withdraw_exclusion(actor: Actor, *, exclusion: RuleExclusion) -> None:
    """Withdraw an exclusion that holds.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        ExclusionEnded: when it was withdrawn or has ended.
    """
    ward = exclusion.organisation
    require_watch(actor, Verb.EDIT, ward)
    moment = now()
    stored = RuleExclusion.objects.owned_by(ward).select_for_update(of=("self",)).get(pk=exclusion.pk)
    if stored.withdrawn_at is not None or stored.expires_at <= moment:
        raise ExclusionEnded
    stored.withdrawn_at = moment
    stored.save(update_fields=["withdrawn_at", "updated_at"])
    record_watched(
        actor,
        ward,
        kind="soc.exclusion.withdraw",
        subject=urn("soc.exclusion", stored.pk),
        summary="検知の除外を取り消しました。",
        changes={"withdrawn_at": [None, moment]},
    )
