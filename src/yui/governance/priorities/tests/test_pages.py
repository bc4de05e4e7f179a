"""Every page of the room: what it shows, to whom, and what its forms do."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from yui.governance.priorities.commands.rank import Command
from yui.governance.priorities.models import PrioritySet, Round, Score, WardWeights
from yui.governance.priorities.operations import begin_deliberation, set_weights
from yui.governance.priorities.tests.conftest import parts
from yui.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db


def run(out, *arguments):
    """Run the command as the command line does."""
    command = Command(stdout=out)
    given = command.create_parser("yui", "rank").parse_args(arguments)
    command.handle(**vars(given))


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def page():
    """A function that returns the address of a page."""
    return lambda name, *args: reverse(f"priorities:{name}", args=args)


def test_the_result_says_how_sure_the_first_place_is(deliberated, bob, client_of):
    text = body(client_of(bob).get(deliberated.get_absolute_url()))
    assert "いまの重みでは ③ &gt; ① &gt; ② の順です。" in text
    assert "③(支援策3)が1位となる重みの割合は100.0%です(堅い)。" in text
    assert "重みを入れた区はまだありません" in text


def test_the_result_reads_in_english(deliberated, bob, client_of):
    client = client_of(bob)
    client.post("/language/", {"language": "en", "next": "/"})
    client.cookies["django_language"] = "en"
    text = body(client.get(deliberated.get_absolute_url()))
    assert "Under the present weights the order is ③ &gt; ① &gt; ②." in text


def test_trial_weights_change_the_order_and_no_record(deliberated, bob, client_of):
    trial = {f"w-{name}": 0 for name in ("speed", "feasibility", "cost", "fairness", "evidence")}
    text = body(client_of(bob).get(deliberated.get_absolute_url(), trial | {"w-speed": 40}))
    assert "試しの重みで計算しています" in text
    text = body(client_of(bob).get(deliberated.get_absolute_url(), {"w-speed": "x"}))
    assert "試しの重みで計算しています" not in text
    assert not WardWeights.objects.unscoped("test").exists()


def test_a_wards_weights_count_and_who_differs_is_named(
    deliberated, alice, charlie, minato, shinjuku, actor_of, client_of
):
    set_weights(
        actor_of(alice), priority_set=deliberated, ward=minato, parts=parts(speed=0, fairness=90, cost=0)
    )
    set_weights(actor_of(charlie), priority_set=deliberated, ward=shinjuku, parts=parts(speed=90))
    text = body(client_of(alice).get(deliberated.get_absolute_url()))
    assert "2区が重みを入れました。" in text and "ケンドールのW" in text
    assert "新宿区の重みでは順位が変わります。" in text


def test_a_set_without_scores_says_what_is_missing(sara, client_of, page, secretariat):
    client = client_of(sara)
    answer = client.post(page("set-new"), {"code": "new", "title": "新しい検討", "visibility": "wards"})
    made = PrioritySet.objects.unscoped("test").get(code="new")
    assert answer.url == page("scores", made.pk)
    assert "結果はまだありません" in body(client.get(made.get_absolute_url()))
    assert (
        client.post(page("set-new"), {"code": "new", "title": "", "visibility": "wards"}).status_code == 422
    )


def test_options_and_criteria_are_kept_by_forms(prepared, sara, alice, client_of, page):
    client = client_of(sara)
    form = {"code": "4", "title": "四つめ", "description": "", "pillar": "", "urn": ""}
    assert client.post(page("option-new", prepared.pk), form).status_code == 302
    assert "四つめ" in body(client.get(page("scores", prepared.pk)))
    assert client.post(page("option-edit", prepared.pk, "4"), form | {"title": "直した"}).status_code == 302
    assert client.post(page("option-new", prepared.pk), form).status_code == 422
    criterion = {"title": "はやさ", "description": "", "position": 2}
    assert client.post(page("criterion-edit", prepared.pk, "speed"), criterion).status_code == 302
    text = body(client.get(page("scores", prepared.pk)))
    assert "直した" in text and text.index("実現可能性") < text.index("はやさ")
    assert client_of(alice).get(page("option-new", prepared.pk)).status_code == 403


def score_form(**more):
    rows = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "form-0-kind": "report", "form-0-title": "報告"}
    return {"value": "2", "uncertainty": "0.5", "reason": "理由"} | rows | more


def test_one_score_is_saved_with_its_evidence(prepared, sara, alice, client_of, page):
    address = page("score", prepared.pk, "1", "speed")
    assert client_of(sara).post(address, score_form()).status_code == 302
    text = body(client_of(alice).get(page("scores", prepared.pk)))
    assert "2 ±0.5" in text and "報告書" in text and "根拠なし" in text
    assert client_of(alice).post(address, score_form()).status_code == 403
    assert client_of(sara).post(address, score_form(value="9")).status_code == 422
    wrong = score_form(**{"form-0-title": "", "form-0-address": "https://example.jp/"})
    assert client_of(sara).post(address, wrong).status_code == 422
    assert "理由" in body(client_of(alice).get(address))
    assert client_of(alice).get(page("score", prepared.pk, "1", "nothing")).status_code == 404


def test_a_ward_sets_its_weights_on_its_page(deliberated, alice, bob, charlie, client_of, page):
    address = page("weights", deliberated.pk)
    form = {f"w-{name}": 20 for name in ("speed", "feasibility", "cost", "fairness", "evidence")}
    assert client_of(alice).post(address, form | {"note": "同じ"}).status_code == 302
    assert "港区" in body(client_of(charlie).get(address)) and "同じ" in body(client_of(charlie).get(address))
    assert client_of(bob).post(address, form).status_code == 403
    assert "重みを保存する" not in body(client_of(bob).get(address))
    pairs = client_of(alice).get(address, {"method": "pairwise"}).context["form"]
    compared = {name: "1/3" if name.startswith("c-") else "" for name in pairs.fields}
    client_of(alice).post(f"{address}?method=pairwise", compared)
    own = WardWeights.objects.unscoped("test").get()
    assert own.method == "pairwise" and own.ratio is not None
    assert "CR" in body(client_of(charlie).get(address))
    again = client_of(alice).get(address).context["form"]
    assert again["c-speed:feasibility"].initial == "1/3"


def test_the_rounds_page_begins_decides_and_repeats(prepared, sven, alice, client_of, page):
    client, address = client_of(sven), page("rounds", prepared.pk)
    assert client.post(address, {"step": "begin"}).status_code == 302
    assert client.post(address, {"step": "decide", "decide-decision": ""}).status_code == 422
    decided = {"step": "decide", "decide-decision": "③から始める", "decide-reason": "土台だから"}
    assert client_of(alice).post(address, decided).status_code == 403
    assert client.post(address, decided).status_code == 302
    text = body(client.get(address))
    assert "③から始める" in text and "3 > 1 > 2" in text
    assert client.post(address, {"step": "repeat", "repeat-reason": "見直す"}).status_code == 302
    assert Round.objects.unscoped("test").filter(priority_set=prepared).count() == 2
    assert client.post(address, {"step": "unknown"}).status_code == 422


def test_the_stranger_sees_only_what_is_shown_to_him(
    prepare, minato, alice, charlie, client_of, page, system_actor
):
    own = prepare(minato, code="own", title="港区だけの検討", visibility="own")
    begin_deliberation(system_actor, priority_set=own)
    assert "港区だけの検討" in body(client_of(alice).get(page("sets")))
    stranger = client_of(charlie)
    assert "港区だけの検討" not in body(stranger.get(page("sets")))
    for name in ("result", "scores", "weights", "rounds"):
        assert stranger.get(page(name, own.pk)).status_code == 404
        assert client_of(alice).get(page(name, own.pk)).status_code == 200
    assert stranger.get(f"/api/v1/priorities/{own.pk}").status_code == 404
    assert stranger.get("/api/v1/priorities").json() == []


def test_files_hold_the_result_and_are_entered_into_the_ledger(deliberated, bob, client_of, page):
    workbook = client_of(bob).get(page("result-file", deliberated.pk, "xlsx"))
    with zipfile.ZipFile(io.BytesIO(workbook.content)) as archive:
        assert "支援策3" in archive.read("xl/sharedStrings.xml").decode()
    paper = client_of(bob).get(page("result-file", deliberated.pk, "pdf"))
    assert paper.status_code in (200, 302)
    assert paper.status_code == 302 or paper.content.startswith(b"%PDF")
    assert Entry.objects.filter(verb="exchange.export.record").count() >= 1
    assert client_of(bob).get(page("result-file", deliberated.pk, "doc")).status_code == 404


def test_the_api_and_the_command_give_the_ranking(deliberated, bob, client_of):
    answer = client_of(bob).get(f"/api/v1/priorities/{deliberated.pk}").json()
    out = io.StringIO()
    run(out, "--set", "pillars", "--json")
    told = json.loads(out.getvalue())
    for found in (answer, told):
        assert [each["code"] for each in found["options"]] == ["3", "1", "2"]
        assert sum(found["options"][0]["acceptability"]) == pytest.approx(1)
        assert found["kendall_w"] is None and isinstance(found["flips"], list)
    out = io.StringIO()
    run(out)
    assert "支援策3" in out.getvalue()


def test_a_former_round_is_still_read(deliberated, sven, bob, client_of, page):
    client_of(sven).post(page("rounds", deliberated.pk), {"step": "repeat", "repeat-reason": "見直す"})
    Score.objects.unscoped("test").filter(round__number=2, option__code="3").update(value=1)
    client = client_of(bob)
    assert "③ &gt; ①" in body(client.get(deliberated.get_absolute_url(), {"round": 1}))
    assert "① &gt; ②" in body(client.get(deliberated.get_absolute_url()))
    assert client.get(deliberated.get_absolute_url(), {"round": 9}).status_code == 404
