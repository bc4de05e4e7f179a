"""Fills a ward's register, signs an officer in, and counts queries."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.models import Department, Membership, User
from yui.organisations.operations.ensure_organisations import ensure_organisations
from yui.registry.models import Hosting, InformationSystem, NetworkZone, SystemCategory, Vendor

WARD = "131032"


def _fill(ward: Organisation, count: int) -> None:
    names = [f"架空事業者{number:02d}" for number in range(20)]
    vendors = Vendor.objects.bulk_create(
        [Vendor(organisation=ward, visibility=Visibility.WARDS, name=name, name_key=name) for name in names]
    )
    start = date(2020, 4, 1)
    departments = Department.objects.bulk_create(
        [
            Department(organisation=ward, code=f"{n:02d}", name=f"架空課{n:02d}", valid_from=start)
            for n in range(20)
        ]
    )
    InformationSystem.objects.bulk_create(
        [
            InformationSystem(
                organisation=ward,
                code=f"S-{number:04d}",
                name=f"架空システム{number:04d}",
                name_key=f"架空システム{number:04d}",
                category=SystemCategory.INTERNAL,
                department=departments[number % 20],
                vendor=vendors[number % 20],
                hosting=Hosting.values[number % 3],
                network_zone=NetworkZone.values[number % 3],
            )
            for number in range(count)
        ],
        batch_size=500,
    )


def _officer(ward: Organisation) -> User:
    user = User.objects.create_user(username="officer", email="officer@yui.example", name_ja="架空 職員")
    Membership.objects.create(user=user, organisation=ward, role="officer", valid_from=date(2020, 4, 1))
    return user


def _queries(client: Client, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def main(count: str) -> dict[str, Any]:
    """Make the systems; return the session's cookie and the queries of both pages."""
    if not Organisation.objects.exists():
        ensure_organisations()
    ward = Organisation.objects.get(code=WARD)
    with unscoped_allowed("benchmark data"):
        _fill(ward, int(count))
        user = _officer(ward)
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    ours, bare = _queries(client, "/systems/"), _queries(client, "/bare/")
    page = client.get("/systems/").content.decode()
    return {
        "cookie": client.cookies["sessionid"].value,
        "queries": len(ours),
        "bare_queries": len(bare),
        "rows": page.count("<tr") - 1,
        "sql": ours,
    }
