"""The logic model of a pillar: figures of the month, arrows, gaps with their remedies, files."""

import io
import zipfile

import pytest
from django.urls import reverse

from yui.governance.challenges.facts import ChallengeFacts, Ends, LinkFacts
from yui.governance.challenges.operations import close_challenge, link, save_challenge
from yui.governance.challenges.tests.conftest import OCTOBER, challenge_of, initiative_of, links
from yui.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def page(name, *args):
    return reverse(f"challenges:{name}", args=args)


def test_the_model_shows_columns_live_figures_and_gaps(adopted, alice, client_of, store):
    store("2-KPI-1", "19.4", status="achieved")
    store("2-KGI-1", None)
    text = body(client_of(alice).get(page("model", 2)))
    for part in ("アウトプット", "最終目標(KGI)", "19.4時間", "◎ 達成", "目標 24時間以内", "－ データなし"):
        assert part in text, part
    assert "「重大なセキュリティインシデントの発生件数」のデータがありません。" in text
    assert "課題2、取組3、指標5。" in text
    assert "国家規模化" in text and "三重苦" not in text


def test_a_month_is_chosen_and_a_wrong_one_is_not_found(adopted, alice, client_of, store):
    store("3-KPI-1", "8", OCTOBER.previous())
    store("3-KPI-1", "9")
    client = client_of(alice)
    assert "9件" in body(client.get(page("model", 3)))
    assert "8件" in body(client.get(page("model", 3), {"month": "2026-09"}))
    for wrong in ("never", "0001-01", "9999-12", "2026-13"):
        assert client.get(page("model", 3), {"month": wrong}).status_code == 404
    assert client.get(page("model", 4)).status_code == 404


def test_gaps_lead_to_where_they_are_mended(adopted, sara, bob, client_of):
    text = body(client_of(sara).get(page("model", 1)))
    proposals = initiative_of("1-3")
    burden = challenge_of("administration-1")
    assert f"/challenges/models/1/links/?source=i{proposals.pk}" in text
    assert page("challenge-evidence-new", burden.pk) in text
    unsupported = links().get(source="1-KPI-1", target="1-KGI-1")
    assert f'{unsupported.get_absolute_url()}">根拠を書く' in text
    reader = body(client_of(bob).get(page("model", 1)))
    assert "線を引く" not in reader and "線を見る" in reader
    assert "「運用コストの可視化と国への政策提言」が動かす指標がありません。" in reader


def test_an_arrow_is_drawn_changed_and_taken_away_by_forms(challenge, initiative, sara, alice, client_of):
    client, new = client_of(sara), page("link-new", 2)
    form = client.get(new, {"source": f"c{challenge.pk}"})
    assert f'<option value="c{challenge.pk}" selected>' in body(form)
    why = {"assumption": "見張れば気づく。", "strength": "none", "basis": ""}
    for source, target in (
        (f"i{initiative.pk}", f"c{challenge.pk}"),
        (f"c{challenge.pk}", f"c{challenge.pk}"),
        (f"c{challenge.pk}", "2-KGI-1"),
        ("2-KGI-1", "2-KPI-1"),
        ("2-KPI-1", f"i{initiative.pk}"),
        ("9-KPI-9", "2-KGI-1"),
    ):
        assert client.post(new, why | {"source": source, "target": target}).status_code == 422
    ends = {"source": f"c{challenge.pk}", "target": f"i{initiative.pk}"}
    assert client.post(new, why | ends).url == page("model", 2)
    drawn = links().get()
    address = drawn.get_absolute_url()
    assert client.post(address, why | {"strength": "report", "basis": "報告書"}).status_code == 302
    assert links().get().strength == "report"
    assert client.post(address, why | {"assumption": ""}).status_code == 422
    text = body(client_of(alice).get(address))
    assert "見張れば気づく。" in text and "保存する" not in text
    assert client_of(alice).post(address, why).status_code == 403
    assert client_of(alice).post(page("link-remove", drawn.pk)).status_code == 403
    assert client.post(page("link-remove", drawn.pk)).status_code == 302
    assert not links().exists()


def test_a_challenge_that_is_gone_leaves_the_model_and_an_eased_one_says_so(
    adopted, system_actor, bob, client_of
):
    close_challenge(system_actor, challenge=challenge_of("residents-1"), reason="信頼が戻った")
    close_challenge(
        system_actor, challenge=challenge_of("administration-2"), reason="対策が進んだ", state="eased"
    )
    text = body(client_of(bob).get(page("model", 2)))
    assert "行政不信" not in text and "国家規模化" in text and "軽くなった" in text


def test_the_stranger_sees_no_arrow_to_what_is_hidden(
    alice, charlie, client_of, actor_of, minato, initiative
):
    facts = ChallengeFacts("own", "港区だけの課題", "residents", (2,), visibility="own")
    own = save_challenge(actor_of(alice), organisation=minato, facts=facts)
    drawn = link(
        actor_of(alice),
        organisation=minato,
        ends=Ends(own.pk, initiative.pk),
        facts=LinkFacts("港区だけの考え"),
    )
    assert "港区だけの考え" in body(client_of(alice).get(page("model", 2)))
    stranger = client_of(charlie)
    assert "港区だけ" not in body(stranger.get(page("model", 2)))
    assert "港区だけ" not in body(stranger.get(initiative.get_absolute_url()))
    assert stranger.get(drawn.get_absolute_url()).status_code == 404
    assert stranger.post(page("link-remove", drawn.pk)).status_code == 404
    # An arrow that all wards see shows nothing once one of its ends is hidden.
    links().update(visibility="wards")
    assert stranger.get(drawn.get_absolute_url()).status_code == 404
    assert "港区だけ" not in body(stranger.get(page("model", 2)))


def test_the_model_leaves_the_house_as_drawing_and_workbook(adopted, bob, client_of, store):
    store("1-KPI-3", "4")
    client = client_of(bob)
    drawing = client.get(page("model-file", 1, "svg"))
    assert drawing["Content-Type"] == "image/svg+xml" and "共同調達の実施件数" in body(drawing)
    workbook = client.get(page("model-file", 1, "xlsx"), {"month": "2026-10"})
    with zipfile.ZipFile(io.BytesIO(workbook.content)) as archive:
        written = "".join(archive.read(name).decode() for name in archive.namelist() if "sheet" in name)
    assert "共同でつくった仕様なら" in written and "が動かす指標がありません。" in written
    assert Entry.objects.filter(verb="exchange.export.record").count() == 2
    paper = client.get(page("model-file", 1, "pdf"))
    assert paper.status_code == 302 or paper.content.startswith(b"%PDF")
    assert client.get(page("model-file", 1, "doc")).status_code == 404


def test_the_model_reads_in_english(adopted, bob, client_of):
    client = client_of(bob)
    client.cookies["django_language"] = "en"
    text = body(client.get(page("model", 3)))
    for part in ("Final goal (KGI)", "A joint digital skills programme", "Gaps", "No evidence"):
        assert part in text, part


def test_hostile_titles_stay_text_in_every_form(system_actor, secretariat, bob, client_of):
    hostile = '=1+1"><script>alert(1)</script>\u202e'
    facts = ChallengeFacts("x", hostile, "residents", (2,), hostile, hostile, hostile)
    save_challenge(system_actor, organisation=secretariat, facts=facts)
    client = client_of(bob)
    for answer in (
        client.get(page("model", 2)),
        client.get(page("model-file", 2, "svg")),
        client.get(challenge_of("x").get_absolute_url()),
        client.get(page("challenges")),
    ):
        assert "<script>alert" not in body(answer) and "&lt;script&gt;" in body(answer)
    workbook = client.get(page("model-file", 2, "xlsx"))
    with zipfile.ZipFile(io.BytesIO(workbook.content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in sheet for sheet in sheets)
