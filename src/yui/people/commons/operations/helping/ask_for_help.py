"""Ask somebody to look at a question."""

from yui.kernel.operations import operation
from yui.kernel.policy import Actor
from yui.organisations.public import User
from yui.people.commons.errors_helping import NoHelpWanted, NotToBeAsked
from yui.people.commons.models import HelpRequest
from yui.people.commons.operations.helping.asking import enter_request
from yui.people.commons.operations.locking import locked_question
from yui.people.commons.operations.opening_posts import opening_post
from yui.people.commons.operations.telling import shown_name, tell
from yui.people.commons.policies import require_author, require_moderator
from yui.people.commons.queries.helping.askable_people import askable, wants_help
from yui.people.commons.queries.helping.reasons import reasons_of


@operation("commons.question.ask_for_help")
def ask_for_help(actor: Actor, *, question: int, user: int) -> HelpRequest:
    """Ask one of the people who could answer; the event names nobody.

    Raises:
        NoSuchPost: when the question is out of sight.
        PermissionRefused: for whoever is neither the asker nor a moderator, and for moderators of an unnamed
            question.
        NoHelpWanted: when it is not open.
        NotToBeAsked: when the person may not be asked today, or nothing speaks for asking him.
    """
    found = locked_question(actor, question)
    opening = opening_post(found)
    if opening.is_unnamed or opening.author_id == actor.user_id:
        require_author(actor, opening)
    else:
        require_moderator(actor, found)
    if not wants_help(found):
        raise NoHelpWanted
    # Held until the end, so that two askers at once do not go beyond what the person takes in a week.
    User.objects.select_for_update().filter(pk=user).first()
    candidate = next((each for each in askable(found) if each.person == user), None)
    if candidate is None:
        raise NotToBeAsked
    request = enter_request(found, user, reasons_of(candidate))
    tell(found, "への回答を頼みました。", data={"request": request.pk}, shown_as=shown_name(opening))
    return request
