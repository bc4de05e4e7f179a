"""Writing, changing and freezing petitions, and who may see them."""

import json

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.calendar_jp import Month
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.transition.costs.engine.query_hash import hash_of
from yui.transition.costs.formats.petition_csv import petition_csv
from yui.transition.costs.models import ExhibitKind, Petition, PetitionState
from yui.transition.costs.operations.draft_petition import draft_petition
from yui.transition.costs.operations.edit_petition import edit_petition
from yui.transition.costs.operations.finalise_petition import finalise_petition
from yui.transition.costs.queries.petitions import (
    content_hash,
    data_fingerprint,
    document_of,
    fresh_document,
    parts_of,
)
from yui.transition.costs.tests.migration_story import LAST, add_cost
from yui.transition.costs.tests.petition_story import fields

pytestmark = pytest.mark.django_db


def exhibit(document, kind):
    return next(each for each in document.exhibits if each.kind == kind)


def numbers(found):
    return {each.cell: each.value for each in found.numbers}


def test_a_draft_asks_its_questions_with_every_parameter(draft):
    parts = parts_of(draft)
    assert [each.kind for each in parts.evidence] == ExhibitKind.values
    question = parts.evidence[0].question
    assert question == {
        "kind": "multiplier",
        "rule": "移行前後-1",
        "definition": 1,
        "until": "2026-10",
        "rates": "billed",
        "owner": "131032",
    }
    assert parts.evidence[0].query_hash == hash_of(question)
    assert Entry.objects.filter(verb="costs.petition.draft").exists()


def test_the_exhibits_say_what_the_records_say(draft):
    document = document_of(draft)
    multiplier = numbers(exhibit(document, "multiplier"))
    assert multiplier["multiplier"] == "1.69"
    assert (multiplier["counted"], multiplier["without_data"]) == ("6", "17")
    assert (multiplier["joint/before"], multiplier["joint/after"]) == ("8700", "14700")
    assert multiplier["131032/change"] == "1000"
    spread = exhibit(document, "distribution")
    assert numbers(spread)["median"] == "1.69"
    assert [row.numbers[0].value for row in spread.table.rows] == ["6"]
    causes = exhibit(document, "causes")
    assert [row.heading for row in causes.table.rows] == ["ソフトウェア利用・保守", "クラウド利用料"]
    assert numbers(causes)["software/share"] == "100.0"
    exchange = numbers(exhibit(document, "exchange"))
    assert (exchange["paid"], exchange["per_yen"]) == ("150.00", str(3 * 6 * 12))
    assert exchange["USD=140/after"] == str(12000 + 18 * 140)
    ratio = numbers(exhibit(document, "ratio"))
    assert ratio["points"] == "36"
    assert ratio["2026-10/neutral"] == "2.3000"
    assert "不安定" in exhibit(document, "ratio").finding


def test_a_document_tells_no_single_ward_but_its_own(draft, story):
    text = json.dumps(document_of(draft).__dict__, default=str, ensure_ascii=False)
    assert "131032/" in text
    for ward in story:
        if ward.code != "131032":
            assert ward.code not in text and ward.name_ja not in text


def test_rates_that_stay_constant_are_asked_so(story, minato, system_actor):
    made = draft_petition(system_actor, organisation=minato, fields=fields(rates="constant"))
    assert numbers(exhibit(document_of(made), "multiplier"))["joint/before"] == str(6 * 1300)


def test_without_data_every_exhibit_says_so(minato, system_actor):
    made = draft_petition(system_actor, organisation=minato, fields=fields())
    document = document_of(made)
    assert numbers(exhibit(document, "multiplier"))["multiplier"] == ""
    assert "為替レートによる違いはありません" in exhibit(document, "exchange").finding
    assert "判定不能" in exhibit(document, "ratio").finding
    assert exhibit(document, "distribution").table is None
    assert petition_csv(document)


def test_an_edit_is_a_new_version(draft, alice, actor_of):
    edited = edit_petition(
        actor_of(alice),
        petition=draft,
        fields=fields(title="改めた要望", kinds=["ratio"], requests=["一", "二"]),
    )
    assert (edited.version, edited.title) == (2, "改めた要望")
    parts = parts_of(edited)
    assert [each.text for each in parts.requests] == ["一", "二"]
    assert [each.kind for each in parts.evidence] == ["ratio"]


@pytest.mark.parametrize(
    "changed",
    [
        {"requests": []},
        {"requests": [" "]},
        {"requests": ["あ" * 1001]},
        {"kinds": ["weather"]},
        {"kinds": ["ratio", "ratio"]},
        {"rates": "guess"},
        {"title": ""},
        {"addressees": ""},
    ],
)
def test_what_no_petition_can_be_is_refused(minato, system_actor, changed):
    with pytest.raises(ValidationError):
        draft_petition(system_actor, organisation=minato, fields=fields(**changed))
    assert not Petition.everything.exists()


def test_permissions(draft, minato, bob, charlie, alice, actor_of):
    for user in (bob, charlie):
        with pytest.raises(PermissionRefused):
            draft_petition(actor_of(user), organisation=minato, fields=fields())
        with pytest.raises(PermissionRefused):
            edit_petition(actor_of(user), petition=draft, fields=fields())
    with pytest.raises(PermissionRefused):
        finalise_petition(actor_of(alice), petition=draft)


def test_a_final_petition_never_changes_whatever_happens_to_the_records(draft, minato, anna, actor_of):
    live = document_of(draft)
    final = finalise_petition(actor_of(anna), petition=draft)
    assert final.state == PetitionState.FINAL
    frozen = document_of(final)
    assert frozen.exhibits == live.exhibits
    assert final.content_sha256 == content_hash(frozen)
    before = data_fingerprint(LAST)
    add_cost(minato, Month(2025, 8), 999_999, category="line")
    assert data_fingerprint(LAST) != before
    again = Petition.everything.select_related("organisation").get(pk=final.pk)
    assert document_of(again) == frozen
    assert fresh_document(again).exhibits != frozen.exhibits
    with pytest.raises(ValidationError):
        edit_petition(actor_of(anna), petition=final, fields=fields())
    assert finalise_petition(actor_of(anna), petition=final).finalised_at == final.finalised_at


def test_a_petition_without_evidence_cannot_be_final(minato, system_actor):
    made = draft_petition(system_actor, organisation=minato, fields=fields(kinds=[]))
    with pytest.raises(ValidationError):
        finalise_petition(system_actor, petition=made)


def test_a_demonstration_marks_what_was_frozen_before_it_became_one(draft, anna, actor_of, settings):
    final = finalise_petition(actor_of(anna), petition=draft)
    assert document_of(final).notice == ""
    settings.IS_DEMONSTRATION = True
    assert "架空データ" in document_of(final).notice
    assert "架空データ" in document_of(draft).notice
