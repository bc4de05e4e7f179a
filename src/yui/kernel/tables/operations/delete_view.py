"""Removes a saved view."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, PermissionRefused, Verb, require
from yui.kernel.tables.models import SavedView


@operation("tables.view.delete")
def delete_view(actor: Actor, *, view: SavedView) -> None:
    """Delete the view; only its owner, or an administrator of the organisation if it is shared, may.

    Raises:
        PermissionRefused: for anybody else.
    """
    is_own = view.owner_id == actor.user_id
    verb = Verb.VIEW if is_own else Verb.ADMINISTER
    if not is_own and not view.shared:
        raise PermissionRefused(actor, verb)
    require(actor, verb, view.organisation)
    record(
        view.organisation,
        subject=urn("tables.view", view.pk),
        summary=f"表示「{view.name}」を削除しました",
        data={"table": view.table_code},
    )
    view.delete()
