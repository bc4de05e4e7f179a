"""Record a step of a standard migration."""

from datetime import date

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.operations.saving import change_record, save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.registry.errors import NotAWard
from yui.registry.models import MigrationState, MigrationStep, StandardBusinessArea, StandardMigration


@operation("registry.migration.record_step")
def record_migration_step(
    actor: Actor,
    *,
    organisation: Organisation,
    area: StandardBusinessArea,
    state: str,
    planned_on: date | None = None,
    actual_on: date | None = None,
) -> bool:
    """Note when the ward plans to reach a state in an area, and when it did; tell whether anything changed.

    The days replace those recorded before for the same state; the ledger keeps the earlier ones. Both days
    empty take the state back.

    Raises:
        PermissionRefused: when the actor may not edit the ward's ledger.
        NotAWard: when the organisation is no ward.
    """
    require(actor, Verb.EDIT, organisation)
    if not organisation.is_ward:
        raise NotAWard(organisation.name_ja)
    migration, _created = StandardMigration.objects.owned_by(organisation).get_or_create(
        organisation=organisation, area=area, defaults={"visibility": Visibility.WARDS}
    )
    changes = _write_step(migration, state, planned_on, actual_on)
    if not changes:
        record_nothing("the days are as they were")
        return False
    label = MigrationState(state).label
    record(
        organisation,
        subject=urn("registry.migration", migration.pk),
        summary=f"{organisation.name_ja}「{area.name_ja}」の移行に「{label}」の日付を記録しました。",
        changes={f"{state}.{name}": pair for name, pair in changes.items()},
        visibility=Visibility.WARDS,
    )
    return True


def _write_step(
    migration: StandardMigration, state: str, planned_on: date | None, actual_on: date | None
) -> dict[str, list]:
    """Write, change or remove the row of one state and return what changed."""
    days = {"planned_on": planned_on, "actual_on": actual_on}
    steps = MigrationStep.objects.owned_by(migration.organisation)
    step = steps.select_for_update(of=("self",)).filter(migration=migration, state=state).first()
    if step is None and not any(days.values()):
        return {}
    if step is None:
        save_checked(MigrationStep(migration=migration, state=state, **days))
        return {name: [None, day.isoformat()] for name, day in days.items() if day}
    if any(days.values()):
        return change_record(step, days)
    taken_back = {"planned_on": step.planned_on, "actual_on": step.actual_on}
    step.delete()
    return {name: [day.isoformat(), None] for name, day in taken_back.items() if day}
