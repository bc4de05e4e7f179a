"""Fills the monthly roll-up of 23 wards, signs readers in, and counts queries."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.kernel.calendar_jp import Month
from yui.kernel.scope.models import Organisation, OrganisationKind, Visibility
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.models import Membership, User
from yui.organisations.operations.ensure_organisations import ensure_organisations
from yui.transition.costs.engine.exact import limbs_of
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import BillImport, BillKind, BillPart, ExchangeRate, MonthlyCost

SEED = 20260401
WARD = "131032"
ADDRESS = "/costs/"


def _bill(ward: Organisation, months: list[Month]) -> dict[str, BillPart]:
    bill = BillImport.objects.create(
        organisation=ward,
        visibility=Visibility.WARDS,
        batch=f"bench{ward.code}",
        kind=BillKind.FOCUS,
        file_name="架空.csv",
        sha256=ward.code,
        first_month=str(months[0]),
        last_month=str(months[-1]),
        rows_accepted=1,
        imported_by="benchmark",
    )
    parts = [
        BillPart(bill=bill, key="架空", provider="架空クラウド", month=str(month), rows=1) for month in months
    ]
    return {part.month: part for part in BillPart.objects.bulk_create(parts)}


def _limbs(name: str, amount: Decimal) -> dict[str, int]:
    return dict(zip((f"{name}_units", f"{name}_nano", f"{name}_atto"), limbs_of(amount), strict=True))


def _sums(ward: Organisation, parts: dict[str, BillPart], systems: int, random: Random) -> list[MonthlyCost]:
    sums = []
    for month, part in parts.items():
        for number in range(systems):
            for category in CostCategory:
                amount = Decimal(random.randint(10**12, 10**16)) / 10**11
                sums.append(
                    MonthlyCost(
                        organisation=ward,
                        visibility=Visibility.WARDS,
                        part=part,
                        month=month,
                        system_code=f"S-{number:03d}",
                        cost_category=category,
                        currency="USD" if category == CostCategory.CLOUD else "JPY",
                        billed=str(amount),
                        effective=str(amount),
                        rows=1000,
                        **_limbs("billed", amount),
                        **_limbs("effective", amount),
                    )
                )
    return sums


def _reader(name: str, organisation: Organisation, role: str) -> User:
    user = User.objects.create_user(username=name, email=f"{name}@yui.example", name_ja=f"架空 {name}")
    Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=date(2020, 4, 1))
    return user


def _prepared(user: User, address: str) -> dict[str, Any]:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)
    if page.status_code != 200 or "S-001" not in page.content.decode():
        raise RuntimeError(f"{address}: {page.status_code}")
    return {"cookie": client.cookies["sessionid"].value, "queries": len(captured)}


def main(systems: str, months: str) -> dict[str, Any]:
    """Fill the roll-up; return how many sums it has, and each reader's cookie and queries."""
    if not Organisation.objects.exists():
        ensure_organisations()
    last = Month(2026, 3)
    span = Month.between(last.shift(1 - int(months)), last)
    random, count = Random(SEED), 0
    ExchangeRate.objects.bulk_create(
        [
            ExchangeRate(currency="USD", month=str(m), yen_per_unit=Decimal("149.85"), source="架空")
            for m in span
        ]
    )
    with unscoped_allowed("benchmark data"):
        for ward in Organisation.objects.wards():
            sums = _sums(ward, _bill(ward, span), int(systems), random)
            count += len(MonthlyCost.objects.bulk_create(sums, batch_size=500))
        ward = Organisation.objects.get(code=WARD)
        body = Organisation.objects.filter(kind=OrganisationKind.JOINT_BODY).first()
        readers = {
            "joint staff": _prepared(_reader("joint", body, "joint_staff"), ADDRESS),
            "auditor": _prepared(_reader("auditor", ward, "auditor"), ADDRESS),
            "officer of one ward": _prepared(_reader("officer", ward, "officer"), f"{ADDRESS}?ward={WARD}"),
        }
    return {"sums": count, "readers": readers}
