"""Enter a source, or change what is said of one."""

from dataclasses import asdict

from yui.governance.statistics.facts import SourceFacts
from yui.governance.statistics.models import Series, Source
from yui.governance.statistics.operations.subjects import subject_of
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.kernel.search.changes import mark_dirty


@operation("statistics.source.save")
def save_source(
    actor: Actor, *, organisation: Organisation, facts: SourceFacts, source: Source | None = None
) -> Source:
    """Enter a source that the organisation keeps, or change the one given.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps the source.
        ValidationError: naming each fact that breaks a rule (a code in use …).
    """
    require(actor, Verb.EDIT, source.organisation if source else organisation)
    stored = (
        Source.objects.owned_by(source.organisation).select_for_update().get(pk=source.pk)
        if source
        else Source(organisation=organisation)
    )
    values = asdict(facts)
    before = field_values(stored, list(values)) if source else {}
    changes = field_changes(before, values)
    if source and not changes:
        record_nothing("the source is as it was")
        return stored
    for name, value in values.items():
        setattr(stored, name, value)
    save_checked(stored)
    # Search finds series under the title and for the readers of their source.
    series = Series.objects.owned_by(stored.organisation).filter(source=stored)
    mark_dirty(subject_of(each) for each in series)
    record(
        stored.organisation,
        subject=subject_of(stored),
        summary=f"統計の出典「{stored.title}」を保存しました。",
        changes=changes,
        visibility=stored.visibility,
    )
    return stored
