"""Creates the wards and joint bodies, and mends their names: they are facts, not demonstration data."""

from yui.kernel.links import urn
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.organisations.official_codes import ORGANISATIONS, OfficialOrganisation

FIELDS = ["kind", "name_ja", "name_en", "name_kana", "sort_order"]


def ensure_organisations(actor: Actor | None = None) -> list[Organisation]:
    """Make every official organisation exist with its official names; running again changes nothing."""
    by = actor or Actor.system("ensure-organisations")
    return [ensure_organisation(by, official=official) for official in ORGANISATIONS]


@operation("organisations.organisation.ensure")
def ensure_organisation(actor: Actor, *, official: OfficialOrganisation) -> Organisation:
    """Make one official organisation exist as the list of official codes has it."""
    facts = {name: getattr(official, name) for name in FIELDS}
    organisation, created = Organisation.objects.get_or_create(code=official.code, defaults=facts)
    require(actor, Verb.ADMINISTER, organisation)
    changes = field_changes({} if created else field_values(organisation, FIELDS), facts)
    if not changes:
        record_nothing("the organisation is already as its official facts say")
        return organisation
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.save()
    record(
        organisation,
        subject=urn("organisations.organisation", organisation.code),
        summary=f"{organisation.name_ja}の公式の名称とコードを登録しました",
        changes=changes,
    )
    return organisation
