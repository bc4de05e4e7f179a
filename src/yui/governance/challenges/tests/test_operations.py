"""What each verb changes, who may, and what it leaves in the ledger."""

import json
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.governance.challenges.errors import (
    AlreadySo,
    NoPillar,
    OtherKeeper,
    PillarInUse,
    ReasonMissing,
    TooMuchEvidence,
    UnknownArea,
    UnknownOption,
    UnknownSeriesCode,
)
from yui.governance.challenges.facts import (
    MOST_EVIDENCE,
    ChallengeFacts,
    Ends,
    EvidenceFacts,
    InitiativeFacts,
    LinkFacts,
)
from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    ChallengeState,
    Initiative,
    InitiativeEvidence,
)
from yui.governance.challenges.operations import (
    close_challenge,
    link,
    remove_evidence,
    reopen_challenge,
    save_challenge,
    save_evidence,
    save_initiative,
)
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused

pytestmark = pytest.mark.django_db
FACTS = ChallengeFacts("x", "題", "residents", (1, 3))


def entries(verb):
    return list(Entry.objects.filter(verb=verb))


def test_a_challenge_is_added_changed_and_remembered(sara, actor_of, secretariat):
    made = save_challenge(actor_of(sara), organisation=secretariat, facts=FACTS)
    assert made.pillars == (1, 3) and made.marks == "①③" and made.is_open
    changed = replace(FACTS, title="直した題", pillars=(2,))
    save_challenge(actor_of(sara), organisation=secretariat, facts=changed, challenge=made)
    save_challenge(actor_of(sara), organisation=secretariat, facts=changed, challenge=made)
    made = Challenge.objects.unscoped("test").get()
    assert (made.title, made.pillars) == ("直した題", (2,))
    first, second = entries("challenges.challenge.save")
    assert json.loads(second.payload)["changes"]["title"] == ["題", "直した題"]
    assert first.organisation_code == secretariat.code


def test_a_ward_keeps_its_own_and_nobody_elses(alice, charlie, bob, actor_of, minato, secretariat, challenge):
    own = save_challenge(actor_of(alice), organisation=minato, facts=replace(FACTS, visibility="own"))
    assert Challenge.objects.visible_to(actor_of(bob)).filter(pk=own.pk).exists()
    assert not Challenge.objects.visible_to(actor_of(charlie)).filter(pk=own.pk).exists()
    for who, where in ((alice, secretariat), (charlie, minato), (bob, minato)):
        with pytest.raises(PermissionRefused):
            save_challenge(actor_of(who), organisation=where, facts=replace(FACTS, code="y"))
    with pytest.raises(OtherKeeper):
        save_challenge(actor_of(alice), organisation=minato, facts=FACTS, challenge=challenge)


@pytest.mark.parametrize("pillars", [(), (4,), (1, 0)])
def test_a_challenge_concerns_a_pillar(sara, actor_of, secretariat, pillars):
    with pytest.raises(NoPillar):
        save_challenge(actor_of(sara), organisation=secretariat, facts=replace(FACTS, pillars=pillars))


@pytest.mark.parametrize(
    "wrong", [{"code": "空 白"}, {"title": ""}, {"whose": "nobody"}, {"visibility": "public"}]
)
def test_wrong_facts_are_named(sara, actor_of, secretariat, wrong):
    with pytest.raises(ValidationError):
        save_challenge(actor_of(sara), organisation=secretariat, facts=replace(FACTS, **wrong))


def test_no_code_stands_twice_with_one_keeper(sara, alice, actor_of, secretariat, minato):
    save_challenge(actor_of(sara), organisation=secretariat, facts=FACTS)
    with pytest.raises(ValidationError):
        save_challenge(actor_of(sara), organisation=secretariat, facts=FACTS)
    save_challenge(actor_of(alice), organisation=minato, facts=FACTS)


def test_a_challenge_is_eased_closed_and_reopened_with_reasons(sara, alice, actor_of, challenge):
    for wrong in ("", "  "):
        with pytest.raises(ReasonMissing):
            close_challenge(actor_of(sara), challenge=challenge, reason=wrong)
    with pytest.raises(PermissionRefused):
        close_challenge(actor_of(alice), challenge=challenge, reason="理由")
    eased = close_challenge(
        actor_of(sara), challenge=challenge, reason="半分になった", state=ChallengeState.EASED
    )
    assert eased.state == "eased" and eased.changed_on is not None
    close_challenge(actor_of(sara), challenge=challenge, reason="なくなった")
    with pytest.raises(AlreadySo):
        close_challenge(actor_of(sara), challenge=challenge, reason="もう一度")
    with pytest.raises(AlreadySo):
        close_challenge(actor_of(sara), challenge=challenge, reason="開く", state=ChallengeState.OPEN)
    assert reopen_challenge(actor_of(sara), challenge=challenge, reason="また起きた").is_open
    with pytest.raises(AlreadySo):
        reopen_challenge(actor_of(sara), challenge=challenge, reason="また")
    assert [json.loads(each.payload)["data"]["reason"] for each in entries("challenges.challenge.close")] == [
        "半分になった",
        "なくなった",
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["eased", "closed", "open"]), max_size=6))
def test_whatever_happens_a_challenge_that_is_not_open_says_why(challenge, system_actor, steps):
    with transaction.atomic():
        state = Challenge.objects.unscoped("test").get(pk=challenge.pk).state
        for number, step in enumerate(steps):
            change = (
                (lambda n: reopen_challenge(system_actor, challenge=challenge, reason=f"理由{n}"))
                if step == "open"
                else (
                    lambda n, s=step: close_challenge(
                        system_actor, challenge=challenge, reason=f"理由{n}", state=ChallengeState(s)
                    )
                )
            )
            if step == state:
                with pytest.raises(AlreadySo):
                    change(number)
            else:
                state = change(number).state
                assert state == step
        stored = Challenge.objects.unscoped("test").get(pk=challenge.pk)
        assert stored.state == state
        assert stored.is_open or (stored.reason and stored.changed_on)
        transaction.set_rollback(True)


def test_the_database_refuses_a_silent_end_and_no_pillar(challenge):
    rows = Challenge.objects.unscoped("test")
    for wrong in ({"state": "closed"}, {"for_pillar_2": False}, {"visibility": "public"}, {"title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_evidence_is_added_changed_and_taken_away(sara, alice, actor_of, challenge, initiative):
    facts = EvidenceFacts(
        "report", "報告書", "3.8倍", addresses="https://example.jp/a\n\nhttps://example.jp/b"
    )
    for of, model in ((challenge, ChallengeEvidence), (initiative, InitiativeEvidence)):
        made = save_evidence(actor_of(sara), of=of, facts=facts)
        assert isinstance(made, model) and made.address_lines == [
            "https://example.jp/a",
            "https://example.jp/b",
        ]
        with pytest.raises(PermissionRefused):
            save_evidence(actor_of(alice), of=of, facts=facts, evidence=made)
        save_evidence(actor_of(sara), of=of, facts=replace(facts, title="直した"), evidence=made)
        assert model.objects.unscoped("test").get().title == "直した"
        with pytest.raises(PermissionRefused):
            remove_evidence(actor_of(alice), evidence=made)
        remove_evidence(actor_of(sara), evidence=made)
        assert not model.objects.unscoped("test").exists()
    last = entries("challenges.evidence.remove")[-1]
    assert json.loads(last.payload)["changes"]["figure"] == ["3.8倍", None]


def test_evidence_stays_with_its_record(sara, actor_of, challenge, initiative):
    facts = EvidenceFacts("report", "報告書")
    made = save_evidence(actor_of(sara), of=challenge, facts=facts)
    with pytest.raises(OtherKeeper):
        save_evidence(actor_of(sara), of=initiative, facts=replace(facts, title="横取り"), evidence=made)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"series_code": "nothing", "area_code": "000000"}, UnknownSeriesCode),
        ({"area_code": "999999"}, UnknownArea),
        ({"area_code": "131032"}, ValidationError),
        ({"kind": "rumour"}, ValidationError),
        ({"urn": "javascript:alert(1)"}, ValidationError),
        ({"title": ""}, ValidationError),
    ],
)
def test_evidence_that_points_nowhere_is_refused(sara, actor_of, challenge, wrong, error):
    with pytest.raises(error):
        save_evidence(actor_of(sara), of=challenge, facts=replace(EvidenceFacts("report", "報告書"), **wrong))


def test_nobody_reads_more_than_thirty(sara, actor_of, challenge):
    ChallengeEvidence.objects.bulk_create(
        ChallengeEvidence(challenge=challenge, kind="opinion", title=f"{n}") for n in range(MOST_EVIDENCE)
    )
    with pytest.raises(TooMuchEvidence):
        save_evidence(actor_of(sara), of=challenge, facts=EvidenceFacts("opinion", "もう1つ"))


def test_an_initiative_is_added_and_stands_for_an_option_that_exists(sara, actor_of, secretariat, initiative):
    facts = InitiativeFacts("i", 2, "共同の見張り", department="情報政策課")
    save_initiative(actor_of(sara), organisation=secretariat, facts=facts, initiative=initiative)
    assert Initiative.objects.unscoped("test").get().department == "情報政策課"
    wrong = replace(facts, set_code="pillars", option_code="1")
    with pytest.raises(UnknownOption):
        save_initiative(actor_of(sara), organisation=secretariat, facts=wrong, initiative=initiative)


def test_a_pillar_does_not_go_while_arrows_need_it(sara, actor_of, secretariat, challenge, initiative):
    ends = Ends(challenge.pk, initiative.pk)
    link(actor_of(sara), organisation=secretariat, ends=ends, facts=LinkFacts())
    moved = ChallengeFacts("c", "見張りが足りない", "administration", (1,))
    with pytest.raises(PillarInUse) as refused:
        save_challenge(actor_of(sara), organisation=secretariat, facts=moved, challenge=challenge)
    assert "1本" in str(refused.value.messages)
    with pytest.raises(PillarInUse):
        save_initiative(
            actor_of(sara),
            organisation=secretariat,
            facts=InitiativeFacts("i", 3, "共同の見張り"),
            initiative=initiative,
        )
