"""Record how many people work for a ward."""

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.links import urn
from yui.kernel.operations import field_changes, operation, record, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import StaffCount


@operation("practices.staff_count.record")
def record_staff_count(
    actor: Actor, *, ward: Organisation, fiscal_year: FiscalYear, people: int, source: str
) -> StaffCount:
    """Write, or correct, the ward's number of staff in a fiscal year, with the paper it comes from.

    Raises:
        PermissionRefused: when the actor does not administer the ward.
        ValidationError: when the number is not positive, or names no source.
    """
    require(actor, Verb.ADMINISTER, ward)
    known = StaffCount.objects.owned_by(ward).filter(fiscal_year=fiscal_year.year).first()
    staff = known or StaffCount(organisation=ward, fiscal_year=fiscal_year.year, visibility=Visibility.WARDS)
    values = {"people": people, "source": source.strip()}
    changes = field_changes({name: getattr(staff, name) for name in values}, values)
    if not changes:
        record_nothing("the same number from the same source")
        return staff
    staff.people, staff.source = people, source.strip()
    save_checked(staff)
    record(
        ward,
        subject=urn("practices.staff_count", staff.pk),
        summary=f"{fiscal_year.year}年度の職員数を記録しました。",
        changes=changes,
        visibility=Visibility.WARDS,
    )
    return staff
