"""Who may do what in the commons: every member takes part, moderators look after it."""

from yui.kernel.policy import Actor, PermissionRefused, Verb, allows, require
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE
from yui.people.commons.models import Post, Question, QuestionState


def secretariat() -> Organisation:
    """Return the 事務局, which moderates what more than one ward sees."""
    return Organisation.objects.get(code=SECRETARIAT_CODE)


def require_member(actor: Actor, organisation: Organisation) -> None:
    """Let the running operation go on only for a member of ``organisation``, whatever the role.

    Raises:
        PermissionRefused: for everybody else.
    """
    require(actor, Verb.VIEW, organisation)


def person_of(actor: Actor) -> int:
    """Return the person who acts.

    Raises:
        PermissionRefused: for the installation itself and for strangers, who have no bookmarks.
    """
    if actor.user_id is None:
        raise PermissionRefused(actor, Verb.VIEW)
    return actor.user_id


def own_organisations(actor: Actor) -> list[Organisation]:
    """Return the bodies in whose name the actor may write, in official order."""
    active = Organisation.objects.active()
    return list(active if actor.is_system else active.filter(pk__in=actor.organisation_ids))


def is_moderator(actor: Actor, question: Question) -> bool:
    """Return whether the actor moderates the question: those who administer its ward, and the secretariat.

    The secretariat sees, and so moderates, what is shown beyond one ward; the caller has read the question
    through ``visible_to``.
    """
    return allows(actor, Verb.ADMINISTER, question.organisation) or is_secretariat(actor)


def is_secretariat(actor: Actor) -> bool:
    """Return whether the actor works for the secretariat."""
    return allows(actor, Verb.EDIT, secretariat())


def require_moderator(actor: Actor, question: Question) -> None:
    """Let the running operation go on only for a moderator of the question.

    Raises:
        PermissionRefused: for everybody else.
    """
    if allows(actor, Verb.ADMINISTER, question.organisation):
        require(actor, Verb.ADMINISTER, question.organisation)
        return
    require(actor, Verb.EDIT, secretariat())


def wrote(actor: Actor, post: Post) -> bool:
    """Return whether the actor wrote the post, also without a name."""
    if actor.user_id is None:
        return False
    if post.is_unnamed:
        hidden = getattr(post, "hidden_author", None)
        return hidden is not None and hidden.user_id == actor.user_id
    return post.author_id == actor.user_id


def require_author(actor: Actor, post: Post) -> None:
    """Let the running operation go on only for whoever wrote the post.

    Raises:
        PermissionRefused: for everybody else.
    """
    if not wrote(actor, post) and not actor.is_system:
        raise PermissionRefused(actor, Verb.EDIT)
    require(actor, Verb.VIEW, post.posted_for)


def may_write(question: Question) -> bool:
    """Return whether answers and comments are open: not on a locked or a closed question."""
    return not question.is_locked and question.state != QuestionState.CLOSED


def require_intake(actor: Actor, organisation: Organisation) -> None:
    """Let somebody take an export in for a body, or write its posts out: its administrators, the secretariat.

    Raises:
        PermissionRefused: for everybody else.
    """
    is_office = organisation.code == SECRETARIAT_CODE
    require(actor, Verb.IMPORT if is_office else Verb.ADMINISTER, organisation)


def intake_bodies(actor: Actor) -> list[Organisation]:
    """Return the bodies for which the actor may take exports in, in official order."""
    active = Organisation.objects.active()
    administered = actor.organisation_ids_with(Verb.ADMINISTER)
    return [
        body
        for body in (active if actor.is_system else active.filter(pk__in=actor.organisation_ids))
        if actor.is_system
        or body.pk in administered
        or (body.code == SECRETARIAT_CODE and allows(actor, Verb.IMPORT, body))
    ]
