"""Shared costs in the bridge: a changed share is a changed allocation, and every yen counts once."""

from decimal import Decimal

import pytest
from django.urls import reverse

from yui.kernel.policy import Actor
from yui.transition.costs.engine.bridge import Effect
from yui.transition.costs.models import AllocationRule
from yui.transition.costs.queries.bridge import Question, Span, bridge_for
from yui.transition.costs.tests.test_bridge_query import JUNE, MAY, effects, of

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def bills(take_in, bill_file, soc, minato):
    take_in(bill_file(of(MAY, BilledCost="1000"), of(JUNE, BilledCost="1400"), name="soc.csv"), soc)
    take_in(bill_file(of(MAY, BilledCost="100"), of(JUNE, BilledCost="130"), name="m.csv"), minato)


@pytest.fixture
def shared(bills, in_force, minato, shinjuku):
    """Three quarters to 港区 in May, half from June on."""
    in_force({minato: Decimal(3), shinjuku: Decimal(1)}, method="weight", first=MAY, last=MAY)
    rule = AllocationRule.objects.unscoped("test").get()
    in_force({minato: Decimal(1), shinjuku: Decimal(1)}, method="weight", first=JUNE, rule=rule)


def ask(actor=SYSTEM, **options):
    question = Question(Span(MAY, MAY), Span(JUNE, JUNE), is_allocated=True, **options)
    return bridge_for(actor, question).bridge


def test_the_change_of_a_share_is_told_apart_from_the_change_of_the_cost(shared):
    row = ask(ward="131032").total()
    assert (row.before, row.after) == (850, 830)
    # Own lines rose by 30; of the shared cost 400 × (3/4 + 1/2) ÷ 2 = 250, the share −1/4 × 1,200 = −300.
    assert effects(row) == {Effect.PRICE: 280, Effect.ALLOCATION: -300}
    other = ask(ward="131041").total()
    assert (other.before, other.after) == (250, 700)
    assert effects(other) == {Effect.PRICE: 150, Effect.ALLOCATION: 300}


def test_together_allocation_moves_nothing_and_the_bills_are_whole(shared):
    allocated, billed = ask().total(), bridge_for(SYSTEM, Question(Span(MAY, MAY), Span(JUNE, JUNE))).bridge
    assert (allocated.before, allocated.after) == (1100, 1530)
    assert (billed.total().before, billed.total().after) == (1100, 1530)
    assert effects(allocated) == {Effect.PRICE: 430}


def test_what_is_shared_from_now_on_moves_from_its_owner(bills, in_force, minato, shinjuku, soc):
    in_force({minato: Decimal(1), shinjuku: Decimal(1)}, method="weight", first=JUNE)
    owner = ask(ward=soc.code).total()
    assert (owner.before, owner.after) == (1000, 0)
    assert effects(owner) == {Effect.PRICE: 200, Effect.ALLOCATION: -1200}
    receiver = ask(ward="131041").total()
    assert (receiver.before, receiver.after) == (0, 700)
    assert set(effects(receiver)) == {Effect.PRICE, Effect.ALLOCATION}


def test_a_receiver_sees_his_own_share_only(shared, actor_of, alice, charlie):
    assert ask(actor_of(charlie)).total().after == 700
    assert {each.item.key.ward for each in ask(actor_of(charlie)).contributions} == {"131041"}
    assert ask(actor_of(alice)).total().after == 830
    assert ask(actor_of(alice), system="S-1").total().after == 830
    assert ask(actor_of(alice), category="line").total().after == 0


def test_the_page_offers_both_sides_of_allocation(client_of, alice, shared):
    client = client_of(alice)
    spans = "from=2026-05&to=2026-06"
    before = client.get(f"{reverse('costs:bridge')}?{spans}").content.decode()
    assert "配賦の後" in before and "配賦の変更</text>" not in before
    after = client.get(f"{reverse('costs:bridge')}?{spans}&allocated=1").content.decode()
    assert "配賦の変更</text>" in after and "850円" in after
    items = client.get(f"{reverse('costs:bridge-items', args=['allocation'])}?{spans}&allocated=1")
    text = items.content.decode()
    assert "-300" in text and "75%" in text and "50%" in text
    assert reverse("costs:allocated-costs") in text
