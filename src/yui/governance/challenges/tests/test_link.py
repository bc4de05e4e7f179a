"""Arrows: what they may join, who draws them, and who sees them."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from yui.governance.challenges.errors import Backward, EndsWrong, OtherPillar, UnknownIndicatorCode
from yui.governance.challenges.facts import ChallengeFacts, Ends, InitiativeFacts, LinkFacts
from yui.governance.challenges.models import Link
from yui.governance.challenges.operations import link, save_challenge, save_initiative, unlink
from yui.governance.challenges.tests.conftest import links
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused

pytestmark = pytest.mark.django_db
WHY = LinkFacts("見張れば早く気づく。", "report", "報告書")


def test_arrows_join_challenge_initiative_and_indicators(sara, actor_of, secretariat, challenge, initiative):
    for ends in (
        Ends(challenge.pk, initiative.pk),
        Ends(initiative=initiative.pk, target="2-KPI-3"),
        Ends(source="2-KPI-3", target="2-KPI-1"),
        Ends(source="2-KPI-1", target="2-KGI-1"),
    ):
        link(actor_of(sara), organisation=secretariat, ends=ends, facts=WHY)
    assert [each.kind for each in links()] == ["answers", "moves", "leads_to", "leads_to"]
    assert {each.visibility for each in links()} == {"wards"}


def test_the_same_arrow_is_changed_not_doubled(sara, actor_of, secretariat, challenge, initiative):
    ends = Ends(challenge.pk, initiative.pk)
    link(actor_of(sara), organisation=secretariat, ends=ends, facts=LinkFacts())
    link(actor_of(sara), organisation=secretariat, ends=ends, facts=WHY)
    link(actor_of(sara), organisation=secretariat, ends=ends, facts=WHY)
    assert links().get().strength == "report"
    assert Entry.objects.filter(verb="challenges.link.draw").count() == 2
    unlink(actor_of(sara), link=links().get())
    assert not links().exists()
    assert "見張りが足りない → 共同の見張り" in Entry.objects.get(verb="challenges.link.remove").payload


@pytest.mark.parametrize(
    ("ends", "error"),
    [
        (Ends(), EndsWrong),
        (Ends(source="2-KPI-1"), EndsWrong),
        (Ends(challenge=10**12, initiative=10**12), EndsWrong),
        (Ends(source="2-KPI-1", target="9-KGI-1"), UnknownIndicatorCode),
        (Ends(source="2-KGI-1", target="2-KPI-1"), Backward),
        (Ends(source="2-KPI-2", target="2-KPI-3"), Backward),
        (Ends(source="2-KPI-1", target="2-KPI-1"), Backward),
        (Ends(source="2-KPI-1", target="3-KGI-1"), OtherPillar),
    ],
)
def test_arrows_that_lead_nowhere_or_back_are_refused(sara, actor_of, secretariat, ends, error):
    with pytest.raises(error):
        link(actor_of(sara), organisation=secretariat, ends=ends, facts=WHY)


def test_ends_belong_to_one_pillar(sara, actor_of, secretariat, challenge, initiative):
    other = save_initiative(
        actor_of(sara), organisation=secretariat, facts=InitiativeFacts("j", 1, "別の支援策")
    )
    for ends in (Ends(challenge.pk, other.pk), Ends(initiative=other.pk, target="2-KPI-3")):
        with pytest.raises(OtherPillar):
            link(actor_of(sara), organisation=secretariat, ends=ends, facts=WHY)
    with pytest.raises(ValidationError):
        link(
            actor_of(sara),
            organisation=secretariat,
            ends=Ends(challenge.pk, initiative.pk),
            facts=replace(WHY, strength="certain"),
        )


def test_a_wards_thought_between_things_of_others_stays_its_own(
    alice, charlie, actor_of, minato, secretariat, challenge, initiative
):
    ends = Ends(challenge.pk, initiative.pk)
    own = link(actor_of(alice), organisation=minato, ends=ends, facts=WHY)
    assert own.visibility == "own"
    assert not Link.objects.visible_to(actor_of(charlie)).exists()
    with pytest.raises(PermissionRefused):
        link(actor_of(alice), organisation=secretariat, ends=ends, facts=WHY)
    with pytest.raises(PermissionRefused):
        unlink(actor_of(charlie), link=own)


def test_nobody_draws_at_what_he_may_not_see(alice, charlie, actor_of, minato, shinjuku, initiative):
    hidden = save_challenge(
        actor_of(alice),
        organisation=minato,
        facts=ChallengeFacts("h", "隠れた課題", "residents", (2,), visibility="own"),
    )
    with pytest.raises(EndsWrong):
        link(actor_of(charlie), organisation=shinjuku, ends=Ends(hidden.pk, initiative.pk), facts=WHY)


def test_arrows_are_shown_to_whom_their_ends_are_shown(alice, actor_of, minato, initiative):
    facts = ChallengeFacts("h", "港区の課題", "residents", (2,), visibility="own")
    own = save_challenge(actor_of(alice), organisation=minato, facts=facts)
    link(actor_of(alice), organisation=minato, ends=Ends(own.pk, initiative.pk), facts=WHY)
    assert links().get().visibility == "own"
    for visibility in ("wards", "own"):
        changed = replace(facts, visibility=visibility)
        save_challenge(actor_of(alice), organisation=minato, facts=changed, challenge=own)
        assert links().get().visibility == visibility


def test_the_database_refuses_ends_of_another_kind(sara, actor_of, secretariat, challenge, initiative):
    link(actor_of(sara), organisation=secretariat, ends=Ends(challenge.pk, initiative.pk), facts=WHY)
    for wrong in ({"kind": "moves"}, {"target": "2-KPI-1"}, {"challenge": None}, {"strength": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            links().update(**wrong)
