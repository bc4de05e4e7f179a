"""Record how many people work for an organisation."""

from yui.kernel.calendar_jp import FiscalYear
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.operations.saving import change_record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.models import StaffCount


@operation("organisations.staff_count.record")
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
    changes = change_record(staff, {"people": people, "source": source.strip()})
    if not changes:
        record_nothing("the same number from the same source")
        return staff
    record(
        ward,
        subject=urn("organisations.staff_count", staff.pk),
        summary=f"{fiscal_year.year}年度の職員数を記録しました。",
        changes=changes,
        visibility=Visibility.WARDS,
    )
    return staff
