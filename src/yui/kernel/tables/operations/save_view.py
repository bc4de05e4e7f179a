"""Keeps a list as it stands under a name."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.models import SavedView


@operation("tables.view.save")
def save_view(
    actor: Actor,
    *,
    organisation: Organisation,
    table_code: str,
    path: str,
    query: str,
    name: str,
    shared: bool = False,
) -> SavedView:
    """Save the view, replacing the actor's own view of the same name.

    Raises:
        PermissionRefused: where the actor does not belong to the organisation.
    """
    require(actor, Verb.VIEW, organisation)
    view, is_new = SavedView.objects.owned_by(organisation).update_or_create(
        owner_id=actor.user_id,
        organisation=organisation,
        table_code=table_code,
        name=name,
        defaults={"path": path, "query": query, "shared": shared},
    )
    record(
        organisation,
        subject=urn("tables.view", view.pk),
        summary=f"表示「{name}」を保存しました",
        data={"table": table_code, "shared": shared, "new": is_new},
    )
    return view
