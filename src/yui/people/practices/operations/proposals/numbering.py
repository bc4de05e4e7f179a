"""The yearly number of a proposal: 令和8-港区-012."""

from datetime import date

from django.db.models import Max

from yui.kernel.calendar_jp import FiscalYear, wareki_year
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import Proposal


def number_text(fiscal_year: FiscalYear, organisation: Organisation, serial: int) -> str:
    """Return the number as people quote it; the era is that of 1 May, as for fiscal years everywhere."""
    era_year = wareki_year(date(fiscal_year.year, 5, 1)).removesuffix("年")
    return f"{era_year}-{organisation.name_ja}-{serial:03d}"


def next_serial(organisation: Organisation, fiscal_year: FiscalYear) -> int:
    """Return the next serial of the organisation's year.

    The organisation's row is locked until the transaction ends, so that two people who hand in at the same
    moment come one after the other.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    proposals = Proposal.objects.owned_by(organisation).filter(fiscal_year=fiscal_year.year)
    return (proposals.aggregate(last=Max("serial"))["last"] or 0) + 1
