"""Pins how many queries the pages of rules, senders and the rota cost; with many records as with one."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yui.kernel.calendar_jp import now, today
from yui.security.soc.models import LogSender, RuleExclusion
from yui.security.soc.operations.rota.plan_shifts import plan_shifts
from yui.security.soc.operations.rules.default_rules import default_rules
from yui.security.soc.operations.rules.measure_coverage import event_rules, measure_coverage
from yui.security.soc.operations.senders.register_sender import SenderFacts, register_sender
from yui.security.soc.tests.rule_data import add_group, add_rules, see_fields

PINNED = json.loads(Path(__file__).with_name("query_counts.json").read_text(encoding="utf-8"))
WARD_PAGES = {
    "rules": "/soc/rules/",
    "rule": "/soc/rules/{rule}/",
    "coverage": "/soc/rules/coverage/",
    "exclusions": "/soc/rules/exclusions/",
    "rules-import": "/soc/rules/import/",
    "senders": "/soc/senders/",
    "sender": "/soc/senders/{sender}/",
    "entrustment": "/soc/entrustment/",
}
BODY_PAGES = {
    "rota": "/soc/rota/",
    "handovers": "/soc/rota/handovers/",
    "handover-new": "/soc/rota/handovers/new/",
    "escalation": "/soc/rota/escalation/",
}


@pytest.fixture
def filled(system_actor, minato, member, soc):
    """A ward with sixty rules, alerts, exclusions and senders, and a planned month."""
    rules = add_rules(system_actor, *(f"tool{number}" for number in range(60)))
    default_rules(system_actor, rules=rules, is_default=True, reason="共通")
    see_fields(minato, "Image")
    measure_coverage(system_actor, ward=minato, rules=event_rules())
    for number in range(60):
        add_group(minato, rules[number % 20], host=f"PC-{number}")
        RuleExclusion.objects.create(
            organisation=minato,
            rule=rules[number],
            condition={"Computer": f"PC-{number}"},
            reason="定期実行",
            expires_at=now() + timedelta(days=9),
        )
        facts = SenderFacts(name=f"送信元{number}", proof="token", protocols=("hec",))
        register_sender(system_actor, ward=minato, facts=facts)
    crew = [member(f"Watch{number}", soc, "joint_staff") for number in range(9)]
    first = today().replace(day=1)
    plan_shifts(system_actor, first=first, last=first + timedelta(days=27), people=crew)
    return {"rule": rules[0].pk, "sender": LogSender.objects.unscoped("test").first().pk}


def test_every_page_costs_the_pinned_number_of_queries(filled, bob, jun, client_of):
    for reader, pages in ((bob, WARD_PAGES), (jun, BODY_PAGES)):
        client = client_of(reader)
        for name, address in pages.items():
            page = address.format(**filled)
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            own = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            assert len(own) == PINNED.get(name), "\n".join([name, *own])
