"""Writing, changing and freezing petitions, and who may see them."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from yui.kernel.calendar_jp import Month
from yui.kernel.ledger.models import Entry
from yui.kernel.links import resolve, urn
from yui.kernel.policy import PermissionRefused
from yui.transition.costs.commands import petition as command
from yui.transition.costs.engine.query_hash import hash_of
from yui.transition.costs.formats.petition_csv import petition_csv
from yui.transition.costs.models import ExhibitKind, Petition, PetitionState
from yui.transition.costs.operations.draft_petition import PetitionFields, draft_petition
from yui.transition.costs.operations.edit_petition import edit_petition
from yui.transition.costs.operations.finalise_petition import finalise_petition
from yui.transition.costs.queries.petitions import (
    content_hash,
    data_fingerprint,
    document_of,
    fresh_document,
    parts_of,
)
from yui.transition.costs.tests.migration_story import LAST, add_cost, approve, migrate, set_rates
from yui.transition.costs.tests.test_commands import call
from yui.transition.costs.tests.test_measures import total

pytestmark = pytest.mark.django_db
FORM = {
    "title": "運用経費についての要望",
    "addressees": "デジタル大臣\n総務大臣",
    "dated": "2026-11-01",
    "preamble": "前文",
    "requests": "財政措置を行うこと。\n\n割引を広げること。",
    "kinds": ExhibitKind.values,
    "until": "2026-10",
    "rates": "billed",
    "visibility": "own",
}


def fields(**changes) -> PetitionFields:
    values = {
        "title": "要望",
        "addressees": "デジタル大臣",
        "dated": date(2026, 11, 1),
        "preamble": "",
        "requests": ["財政措置を行うこと。"],
        "kinds": ExhibitKind.values,
        "until": LAST,
    }
    return PetitionFields(**(values | changes))


@pytest.fixture
def story(organisations, soc):
    """Six wards with rates, totals, an approved definition, and a migration that doubled their costs."""
    set_rates(lambda month: 150)
    wards = [each for each in organisations.values() if each.is_ward][:6]
    for ward in wards:
        migrate(ward, times=2, dollars=3)
        for year in (2023, 2024, 2025, 2026):
            total(ward, 1_200_000, year)
    approve(soc)
    return wards


@pytest.fixture
def draft(story, minato, alice, actor_of):
    """A draft of 港区."""
    return draft_petition(actor_of(alice), organisation=minato, fields=fields())


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


def test_pages_open_for_the_ward_and_for_nobody_else(client_of, draft, bob, charlie):
    for user, status in ((bob, 200), (charlie, 404)):
        client = client_of(user)
        for name in ("petition", "petition-preview"):
            page = client.get(reverse(f"costs:{name}", args=[draft.pk]))
            assert page.status_code == status
            assert "style=" not in page.content.decode()
        for ending in ("csv", "xlsx"):
            assert client.get(reverse("costs:petition-file", args=[draft.pk, ending])).status_code == status
    assert client_of(charlie).post(reverse("costs:petition-finalise", args=[draft.pk])).status_code == 404
    assert draft.get_absolute_url() not in client_of(charlie).get(reverse("costs:petitions")).content.decode()
    assert draft.get_absolute_url() in client_of(bob).get(reverse("costs:petitions")).content.decode()


def test_named_participants_see_it(client_of, alice, charlie, draft, shinjuku, actor_of):
    edit_petition(
        actor_of(alice), petition=draft, fields=fields(visibility="participants", participants=[shinjuku])
    )
    assert client_of(charlie).get(draft.get_absolute_url()).status_code == 200
    assert client_of(charlie).get(reverse("costs:petition-edit", args=[draft.pk])).status_code == 403


def test_the_preview_is_the_document(client_of, bob, draft):
    page = client_of(bob).get(reverse("costs:petition-preview", args=[draft.pk])).content.decode()
    document = document_of(draft)
    for found in document.exhibits:
        assert found.short_hash in page
        assert f'id="exhibit-{found.number}"' in page
    assert page.count("<svg") >= len([each for each in document.exhibits if each.drawing])


def test_a_petition_is_written_edited_and_made_final_on_its_pages(client_of, story, alice, anna, minato):
    writer = client_of(alice)
    new = reverse("costs:petition-new")
    assert 'value="2026-10"' in writer.get(new).content.decode()
    answer = writer.post(new, FORM | {"organisation": minato.code})
    made = Petition.everything.get()
    assert answer.url == made.get_absolute_url()
    assert [each.text for each in parts_of(made).requests] == ["財政措置を行うこと。", "割引を広げること。"]
    edit = reverse("costs:petition-edit", args=[made.pk])
    assert "割引を広げること。" in writer.get(edit).content.decode()
    changed = FORM | {"organisation": minato.code, "kinds": ["ratio"], "title": "改題"}
    assert writer.post(edit, changed).status_code == 302
    finalise = reverse("costs:petition-finalise", args=[made.pk])
    assert writer.post(finalise).status_code == 403
    assert client_of(anna).post(finalise).status_code == 302
    assert Petition.everything.get().is_final
    assert writer.get(edit).status_code == 404


def test_a_form_that_cannot_be_keeps_what_was_written(client_of, alice, minato, story):
    answer = client_of(alice).post(
        reverse("costs:petition-new"),
        FORM | {"organisation": minato.code, "requests": " \n ", "until": "いつか"},
    )
    assert answer.status_code == 200
    assert "運用経費についての要望" in answer.content.decode()
    assert not Petition.everything.exists()


def test_who_may_only_read_writes_nothing(client_of, bob, draft):
    client = client_of(bob)
    assert client.get(reverse("costs:petition-new")).status_code == 403
    assert client.post(reverse("costs:petition-edit", args=[draft.pk]), FORM).status_code == 403
    assert client.post(reverse("costs:petition-finalise", args=[draft.pk])).status_code == 403
    assert client.get(reverse("costs:petition-file", args=[draft.pk, "exe"])).status_code == 404


def test_history_leads_back_to_the_petition(draft, alice, charlie, actor_of):
    name = urn("costs.petition", draft.pk)
    assert resolve([name], actor_of(alice))[name].url == draft.get_absolute_url()
    assert not resolve([name], actor_of(charlie))[name].url


def test_the_command_writes_all_files_and_their_hashes(draft, tmp_path, monkeypatch):
    monkeypatch.setattr(
        command, "WRITERS", {ending: lambda document: document.title.encode() for ending in ("pdf", "csv")}
    )
    answer = json.loads(call(command, "--out", tmp_path / "out", "--petition", draft.pk, "--json"))
    assert answer["petition"] == draft.pk
    assert [file["bytes"] for file in answer["files"]] == [6, 6]
    plain = call(command, "--out", tmp_path / "out", "--title", "要望")
    assert plain.splitlines()[0].split()[0] == answer["files"][0]["sha256"]
    with pytest.raises(command.CommandError):
        call(command, "--out", tmp_path, "--petition", 999)
