"""What each verb changes, who may, and what it leaves in the ledger."""

import json
from decimal import Decimal
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yui.governance.priorities.errors import (
    AlreadyBegun,
    DerivedScore,
    NotAWardOfTheSet,
    NotDeliberating,
    OtherSet,
    ReasonMissing,
    RoundIsClosed,
    ScoresMissing,
    WeightsWrong,
)
from yui.governance.priorities.facts import ARTICLE_CRITERIA, EvidenceFacts, OptionFacts, ScoreFacts, SetFacts
from yui.governance.priorities.models import (
    Criterion,
    CriterionWeight,
    Round,
    Score,
    ScoreEvidence,
    WardWeights,
)
from yui.governance.priorities.operations import (
    begin_deliberation,
    change_criterion,
    compare_criteria,
    decide,
    make_set,
    repeat_round,
    save_option,
    score_option,
    set_weights,
)
from yui.governance.priorities.tests.conftest import option_of, parts, typed
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused

pytestmark = pytest.mark.django_db
CODES = [each.code for each in ARTICLE_CRITERIA]


def entries(verb):
    return list(Entry.objects.filter(verb=verb))


def test_a_set_begins_with_the_articles_criteria_and_a_first_round(sara, actor_of, secretariat):
    made = make_set(actor_of(sara), organisation=secretariat, facts=SetFacts("x", "題"))
    criteria = Criterion.objects.unscoped("test").filter(priority_set=made)
    assert [each.code for each in criteria] == CODES and [each.is_derived for each in criteria].count(
        True
    ) == 1
    assert Round.objects.unscoped("test").get(priority_set=made).number == 1
    assert len(entries("priorities.set.make")) == 1


def test_a_ward_makes_no_set_for_the_secretariat_and_no_code_twice(alice, sara, actor_of, secretariat):
    with pytest.raises(PermissionRefused):
        make_set(actor_of(alice), organisation=secretariat, facts=SetFacts("x", "題"))
    make_set(actor_of(sara), organisation=secretariat, facts=SetFacts("x", "題"))
    with pytest.raises(ValidationError):
        make_set(actor_of(sara), organisation=secretariat, facts=SetFacts("x", "題2"))


def test_a_score_replaces_the_former_one_and_the_ledger_keeps_both(prepared, sara, actor_of):
    facts = ScoreFacts(Decimal("2.5"), Decimal("0.5"), "理由", (EvidenceFacts("opinion", "声"),))
    cell = {"priority_set": prepared, "option": option_of(prepared, "1"), "criterion": typed(prepared)[0]}
    score = score_option(actor_of(sara), **cell, facts=facts)
    assert score.value == Decimal("2.5")
    assert [each.title for each in ScoreEvidence.objects.unscoped("test").filter(score=score)] == ["声"]
    last = entries("priorities.score.set")[-1]
    assert json.loads(last.payload)["changes"]["value"] == ["4.0", "2.5"]
    count = len(entries("priorities.score.set"))
    score_option(actor_of(sara), **cell, facts=facts)
    assert len(entries("priorities.score.set")) == count


def test_scores_are_the_secretariats_and_the_derived_one_is_nobodys(prepared, prepare, alice, sara, actor_of):
    cell = {"priority_set": prepared, "option": option_of(prepared, "1"), "criterion": typed(prepared)[0]}
    with pytest.raises(PermissionRefused):
        score_option(actor_of(alice), **cell, facts=ScoreFacts(Decimal(1)))
    derived = Criterion.objects.unscoped("test").get(priority_set=prepared, is_derived=True)
    with pytest.raises(DerivedScore):
        score_option(actor_of(sara), **cell | {"criterion": derived}, facts=ScoreFacts(Decimal(1)))
    other = prepare(prepared.organisation, code="other")
    with pytest.raises(OtherSet):
        score_option(actor_of(sara), **cell | {"option": option_of(other, "1")}, facts=ScoreFacts(Decimal(1)))


@pytest.mark.parametrize("facts", [ScoreFacts(Decimal(6)), ScoreFacts(Decimal(3), Decimal(3))])
def test_a_score_out_of_bounds_is_refused_by_form_and_database(prepared, sara, actor_of, facts):
    option, criterion = option_of(prepared, "1"), typed(prepared)[0]
    with pytest.raises(ValidationError):
        score_option(actor_of(sara), priority_set=prepared, option=option, criterion=criterion, facts=facts)
    scores = Score.objects.unscoped("test").filter(option=option, criterion=criterion)
    with pytest.raises(IntegrityError), transaction.atomic():
        scores.update(value=facts.value, uncertainty=facts.uncertainty)


def test_deliberation_needs_all_scores_and_then_options_stand(prepared, sara, sven, actor_of):
    save_option(actor_of(sara), priority_set=prepared, facts=OptionFacts("4", "新しい案"))
    with pytest.raises(ScoresMissing, match="新しい案"):
        begin_deliberation(actor_of(sven), priority_set=prepared)
    with pytest.raises(PermissionRefused):
        begin_deliberation(actor_of(sara), priority_set=prepared)
    for criterion in typed(prepared):
        option = option_of(prepared, "4")
        facts = ScoreFacts(Decimal(3))
        score_option(actor_of(sara), priority_set=prepared, option=option, criterion=criterion, facts=facts)
    begin_deliberation(actor_of(sven), priority_set=prepared)
    with pytest.raises(AlreadyBegun):
        begin_deliberation(actor_of(sven), priority_set=prepared)
    with pytest.raises(AlreadyBegun):
        save_option(actor_of(sara), priority_set=prepared, facts=OptionFacts("5", "遅い案"))


def test_a_criterion_changes_places_with_the_one_that_had_the_place(prepared, sara, actor_of):
    last = typed(prepared)[3]
    change_criterion(actor_of(sara), criterion=last, title="公平さ", description="", position=1)
    assert [each.code for each in typed(prepared)] == ["fairness", "feasibility", "cost", "speed"]
    assert typed(prepared)[0].title == "公平さ"


def test_a_ward_sets_its_own_weights_and_nobody_elses(
    deliberated, alice, bob, sven, minato, shinjuku, actor_of
):
    own = set_weights(actor_of(alice), priority_set=deliberated, ward=minato, parts=parts(cost=60))
    weights = CriterionWeight.objects.unscoped("test").filter(ward_weights=own)
    assert {str(each.weight) for each in weights} == {"0.100000", "0.600000"}
    (entry,) = entries("priorities.weights.set")
    assert entry.organisation_code == minato.code
    for stranger, ward in ((alice, shinjuku), (bob, minato), (sven, minato)):
        with pytest.raises(PermissionRefused):
            set_weights(actor_of(stranger), priority_set=deliberated, ward=ward, parts=parts())


@pytest.mark.parametrize(
    "wrong", [{}, {"speed": Decimal(1)}, parts(cost=-1), {code: Decimal(0) for code in CODES}]
)
def test_weights_that_say_nothing_are_refused(deliberated, alice, minato, actor_of, wrong):
    with pytest.raises(WeightsWrong):
        set_weights(actor_of(alice), priority_set=deliberated, ward=minato, parts=wrong)


def test_comparing_gives_weights_and_says_how_far_it_contradicts_itself(deliberated, alice, minato, actor_of):
    same = {pair: Decimal(1) for pair in combinations(CODES, 2)}
    own = compare_criteria(actor_of(alice), priority_set=deliberated, ward=minato, comparisons=same)
    assert own.ratio == 0 and own.method == "pairwise"
    circle = same | {("speed", "feasibility"): Decimal(9), ("speed", "cost"): Decimal(1) / 9}
    own = compare_criteria(actor_of(alice), priority_set=deliberated, ward=minato, comparisons=circle)
    assert own.ratio > Decimal("0.1")
    assert WardWeights.objects.unscoped("test").count() == 1
    with pytest.raises(WeightsWrong):
        compare_criteria(actor_of(alice), priority_set=deliberated, ward=minato, comparisons={})


def test_who_does_not_take_part_weighs_nothing(
    prepare, secretariat, minato, shinjuku, alice, charlie, actor_of, system_actor
):
    narrow = prepare(secretariat, code="narrow", visibility="participants", participants=[minato])
    begin_deliberation(system_actor, priority_set=narrow)
    set_weights(actor_of(alice), priority_set=narrow, ward=minato, parts=parts())
    with pytest.raises(NotAWardOfTheSet):
        set_weights(actor_of(charlie), priority_set=narrow, ward=shinjuku, parts=parts())
    assert not WardWeights.objects.visible_to(actor_of(charlie)).exists()


def test_weights_wait_for_the_deliberation(prepared, alice, minato, actor_of):
    with pytest.raises(NotDeliberating):
        set_weights(actor_of(alice), priority_set=prepared, ward=minato, parts=parts())


def test_a_new_round_keeps_the_former_one(deliberated, alice, sara, sven, minato, actor_of):
    set_weights(actor_of(alice), priority_set=deliberated, ward=minato, parts=parts(cost=60))
    with pytest.raises(ReasonMissing):
        repeat_round(actor_of(sven), priority_set=deliberated, reason="  ")
    fresh = repeat_round(actor_of(sven), priority_set=deliberated, reason="もう一度")
    cell = {"option": option_of(deliberated, "1"), "criterion": typed(deliberated)[0]}
    score_option(actor_of(sara), priority_set=deliberated, **cell, facts=ScoreFacts(Decimal(1)))
    scores = Score.objects.unscoped("test").filter(**cell).order_by("round__number")
    assert [each.value for each in scores] == [Decimal(4), Decimal(1)]
    set_weights(actor_of(alice), priority_set=deliberated, ward=minato, parts=parts())
    own = WardWeights.objects.unscoped("test").order_by("round__number")
    assert [each.round.number for each in own] == [1, 2] and fresh.number == 2
    kept = CriterionWeight.objects.unscoped("test").filter(ward_weights=own[0], criterion__code="cost").get()
    assert kept.weight == Decimal("0.6")


def test_a_decision_ends_the_round_and_can_be_taken_up_again(
    deliberated, alice, sara, sven, minato, actor_of
):
    with pytest.raises(PermissionRefused):
        decide(actor_of(sara), priority_set=deliberated, decision="③から", reason="理由")
    closed = decide(
        actor_of(sven), priority_set=deliberated, decision="③から", reason="理由", order=["3", "1", "2"]
    )
    assert closed.decided_order == ["3", "1", "2"] and not closed.is_open
    with pytest.raises(NotDeliberating):
        set_weights(actor_of(alice), priority_set=deliberated, ward=minato, parts=parts())
    cell = {"option": option_of(deliberated, "1"), "criterion": typed(deliberated)[0]}
    with pytest.raises(RoundIsClosed):
        score_option(actor_of(sara), priority_set=deliberated, **cell, facts=ScoreFacts(Decimal(1)))
    assert repeat_round(actor_of(sven), priority_set=deliberated, reason="事情が変わった").number == 2
    (entry,) = entries("priorities.set.decide")
    assert json.loads(entry.payload)["data"]["decision"] == "③から"


def test_the_database_refuses_a_second_open_round_and_a_silent_end(deliberated):
    now = Round.objects.unscoped("test").get(priority_set=deliberated)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(priority_set=deliberated, number=2, opened_on=now.opened_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.unscoped("test").filter(pk=now.pk).update(closed_on=now.opened_on)
