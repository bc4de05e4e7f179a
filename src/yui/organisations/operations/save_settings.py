"""Saves what a person chose about the look of Yui."""

from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.policy.checkpoint import mark_checked
from yui.organisations.models import User


@operation("organisations.settings.save")
def save_settings(actor: Actor, *, user: User, language: str, density: str, font: str, theme: str) -> User:
    """Save language, density, typeface and theme; only one's own.

    Raises:
        PermissionRefused: when the settings are somebody else's.
        ValidationError: when a choice is not offered.
    """
    if actor.user_id != user.pk:
        raise PermissionRefused(actor, Verb.EDIT)
    mark_checked()
    user.language, user.density, user.font, user.theme = language, density, font, theme
    user.clean_fields(exclude={"password"})
    user.save(update_fields=["language", "density", "font", "theme"])
    record_nothing("a look is nobody else's concern")
    return user
