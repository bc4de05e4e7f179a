"""Fills the queue of 23 wards, signs a joint analyst and a ward's officer in, and times their pages."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from statistics import median, quantiles
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.models import Membership, User
from yui.organisations.operations.ensure_organisations import ensure_organisations
from yui.security.soc.models import Alert, AlertGroup, AlertState, DetectionRule, Entrustment, RulePack

WARD, BODY = "131032", "JB-SOC"
RULES, HOSTS, TIMES = 400, 20_000, 30
AT_ONCE = 5_000
NOW = datetime(2026, 11, 20, tzinfo=UTC)
PAGES = {
    "first": "/soc/alerts/",
    "closed": "/soc/alerts/?state=closed",
    "high": "/soc/alerts/?level=3",
    "critical, 機密性3": "/soc/alerts/?level=4&confidentiality=3",
    "ward": f"/soc/alerts/?ward={WARD}",
    "rule": "/soc/alerts/?rule={rule}",
    "technique": "/soc/alerts/?technique=T1003",
    "mine": "/soc/alerts/?mine=1",
    "last hour": "/soc/alerts/?span=1h",
    "search": "/soc/alerts/?q=pc-01234",
    "deep": "/soc/alerts/?after={deep}",
    "record": "/soc/alerts/?alert={alert}",
}


def _rules(body: Organisation) -> list[DetectionRule]:
    pack = RulePack.objects.create(organisation=body, name="架空", sha256="0" * 64, parsed=1, loaded=1)
    return DetectionRule.objects.bulk_create(
        [
            DetectionRule(
                organisation=body, visibility="wards", pack=pack, rule_id=f"rule-{n:05d}",
                title=f"架空のルール{n:05d}", level=n % 5, author="架空",
                techniques=[f"T{1000 + n % 200}.00{n % 3}"], source="x", sha256="0" * 64,
            )
            for n in range(RULES)
        ]
    )  # fmt: skip


def _groups(count: int, wards: list[Organisation], rules: list[DetectionRule]) -> Iterator[AlertGroup]:
    chance = random.Random(4)
    for number in range(count):
        rule, draw = chance.choice(rules), chance.random()
        last = NOW - timedelta(seconds=chance.randrange(90 * 86_400))
        secrecy = chance.choice([None, None, None, 1, 2, 2, 3])
        group = AlertGroup(
            organisation=chance.choice(wards), rule=rule, group_key=f"{number:064x}", opened_for=last,
            title=rule.title, level=rule.level, priority=rule.level * 4 + (secrecy or 0),
            host=f"PC-{chance.randrange(HOSTS):05d}", user=f"u{chance.randrange(HOSTS)}",
            confidentiality=secrecy, first_event_at=last, last_event_at=last, detected_at=last,
        )  # fmt: skip
        if draw < 0.5:
            group.state, group.close_reason = AlertState.CLOSED, "benign"
            group.acknowledged_at = group.closed_at = last
        elif draw < 0.53:
            group.state, group.acknowledged_at = AlertState.WORKING, last
        yield group


@contextmanager
def _indexes_afterwards() -> Iterator[None]:
    """Leave the indexes out while a million rows come in, as a restored database builds them at the end."""
    models = (AlertGroup, Alert)
    with connection.schema_editor() as editor:
        for model in models:
            for index in model._meta.indexes:
                editor.remove_index(model, index)
    yield
    with connection.schema_editor() as editor:
        for model in models:
            for index in model._meta.indexes:
                editor.add_index(model, index)


def _fill(count: int) -> dict[str, Any]:
    if not Organisation.objects.exists():
        ensure_organisations()
    body = Organisation.objects.get(code=BODY)
    wards = list(Organisation.objects.wards())
    Entrustment.objects.bulk_create(
        [Entrustment(organisation=ward, body=body, valid_from=date(2020, 4, 1)) for ward in wards]
    )
    rules = _rules(body)
    groups = _groups(count, wards, rules)
    event = {"CommandLine": "架空のコマンド", "Image": "C:\\架空.exe"}
    matched = [{"field": "Image", "value": "C:\\架空.exe", "literal": "架空", "modifier": "contains"}]
    with _indexes_afterwards():
        while part := AlertGroup.objects.bulk_create(islice(groups, AT_ONCE)):
            Alert.objects.bulk_create(
                Alert(
                    organisation_id=group.organisation_id, group=group, rule_id=group.rule_id,
                    event_id=group.group_key, event_at=group.last_event_at, detected_at=group.detected_at,
                    event=event, matched=matched,
                )
                for group in part
            )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"rule": rules[7].pk}


def _client(organisation: str, role: str) -> Client:
    user = User.objects.create_user(username=role, email=f"{role}@yui.example", name_ja="架空 職員")
    Membership.objects.create(
        user=user,
        organisation=Organisation.objects.get(code=organisation),
        role=role,
        valid_from=date(2020, 4, 1),
    )
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _time(client: Client, address: str) -> dict[str, Any]:
    """Return the milliseconds of a request in this process, on its clock and on the processor."""
    taken, worked = [], []
    for _ in range(TIMES):
        begun, busy = time.perf_counter(), time.process_time()
        answer = client.get(address)
        taken.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return {
        "median": round(median(taken), 2),
        "p95": round(quantiles(taken, n=20)[-1], 2),
        "cpu": round(median(worked), 2),
        "queries": len(captured),
        "rows": answer.content.count(b"<li data-alert="),
    }


def main(count: str) -> dict[str, Any]:
    """Fill the queue; return what each page took for either reader: CPU milliseconds and queries."""
    with unscoped_allowed("benchmark data"):
        begun = time.process_time()
        known = _fill(int(count))
        filled = time.process_time() - begun
        deep = AlertGroup.objects.order_by("-priority", "-last_event_at")[int(count) // 4]
        known |= {
            "alert": deep.pk,
            "deep": f"{deep.priority}.{int(deep.last_event_at.timestamp())}000000.{deep.pk}",
        }
        readers = {"joint_staff": _client(BODY, "joint_staff"), "officer": _client(WARD, "officer")}
    return {
        "cpu_seconds_to_fill": round(filled, 1),
        "pages": {
            reader: {name: _time(client, address.format(**known)) for name, address in PAGES.items()}
            for reader, client in readers.items()
        },
    }
