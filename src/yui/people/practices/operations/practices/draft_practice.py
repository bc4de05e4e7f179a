"""Begin to tell of a practice."""

from yui.kernel.calendar_jp import now
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import Practice, PracticeFollow, PracticeVersion
from yui.people.practices.operations.practices.facts import HeaderFacts, WordingFacts
from yui.people.practices.operations.practices.keeping import tell, write_effects, write_header


@operation("practices.practice.draft")
def draft_practice(
    actor: Actor,
    *,
    organisation: Organisation,
    wording: WordingFacts,
    header: HeaderFacts,
    origin_urn: str = "",
) -> Practice:
    """Keep a first text, seen by the own organisation alone.

    Args:
        origin_urn: the question or proposal from which it came.

    Raises:
        PermissionRefused: when the actor is no member of the organisation.
        ValidationError: naming each field that is wrong.
    """
    require(actor, Verb.VIEW, organisation)
    practice = Practice(
        organisation=organisation,
        title=wording.title,
        author_id=actor.user_id,
        origin_urn=origin_urn,
        **header.values(),
    )
    save_checked(practice)
    write_header(practice, header)
    version = PracticeVersion(
        practice=practice, number=1, made_at=now(), made_by_id=actor.user_id, **wording.values()
    )
    save_checked(version)
    write_effects(version, wording.effects)
    if actor.user_id is not None:
        PracticeFollow.objects.create(practice=practice, person_id=actor.user_id)
    tell(practice, "の下書きを始めました。", data={"origin": origin_urn} if origin_urn else None)
    return practice
