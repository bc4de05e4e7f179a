"""The logic model as programs read it: by the interface, the command line, search, links and reports."""

import io
import json

import pytest

from yui.governance.challenges import finding
from yui.governance.challenges.commands import adopt, show
from yui.governance.challenges.explaining import explain
from yui.governance.challenges.facts import ChallengeFacts, Ends, LinkFacts
from yui.governance.challenges.operations import close_challenge, link, save_challenge
from yui.governance.challenges.queries.chain import chain_from
from yui.governance.challenges.queries.logic_model import logic_model
from yui.governance.challenges.tests.conftest import OCTOBER, challenge_of, initiative_of
from yui.governance.challenges.urns import CHALLENGE, INITIATIVE
from yui.kernel.calendar_jp import Month, today
from yui.kernel.explanations.registry import Topic, explainers
from yui.kernel.links import urn
from yui.kernel.measures.values import MeasureScope

pytestmark = pytest.mark.django_db


def run(module, *arguments):
    """Run a command as the command line does, and return what it printed."""
    out = io.StringIO()
    command = module.Command(stdout=out)
    command.handle(**vars(command.create_parser("yui", "x").parse_args(arguments)))
    return out.getvalue()


def test_everything_that_a_challenge_reaches_is_found_along_the_arrows(adopted, system_actor):
    model = logic_model(system_actor, 2, OCTOBER)
    chain = chain_from(model, f"c{challenge_of('residents-1').pk}")
    assert [node.title for node in chain.initiatives] == [
        "特別区共通セキュリティフレームワークの策定",
        "共同CSIRT/SOCの設立と脅威情報の共有",
    ]
    assert [node.key for node in chain.indicators] == ["2-KGI-1", "2-KSI-1", "2-KPI-1", "2-KPI-3"]
    assert chain_from(model, "nothing").nodes == ()


def test_every_pillars_model_of_the_article_holds_together(adopted, system_actor, store):
    for pillar in (1, 2, 3):
        model = logic_model(system_actor, pillar)
        keys = [node.key for node in model.nodes]
        assert len(set(keys)) == len(keys) and len(model.columns) == 6
        assert all(arrow.source.column < arrow.target.column for arrow in model.arrows)
        assert model.node("nothing") is None and model.node(keys[0]) is model.nodes[0]
    with pytest.raises(KeyError):
        logic_model(system_actor, 4)


def test_of_two_organisations_the_better_founded_arrow_counts(
    challenge, initiative, sara, alice, charlie, actor_of, secretariat, minato
):
    ends = Ends(challenge.pk, initiative.pk)
    link(actor_of(sara), organisation=secretariat, ends=ends, facts=LinkFacts("弱い", "opinion"))
    link(actor_of(alice), organisation=minato, ends=ends, facts=LinkFacts("強い", "statistics"))
    assert [each.link.assumption for each in logic_model(actor_of(alice), 2).arrows] == ["強い"]
    assert [each.link.assumption for each in logic_model(actor_of(charlie), 2).arrows] == ["弱い"]


def test_the_interface_gives_challenges_and_models(adopted, alice, charlie, client_of, actor_of, minato):
    facts = ChallengeFacts("own", "港区だけの課題", "residents", (2,), visibility="own")
    save_challenge(actor_of(alice), organisation=minato, facts=facts)
    rows = client_of(alice).get("/api/v1/challenges").json()
    assert len(rows) == 6 and rows[1]["pillars"] == [1, 3] and rows[1]["evidence"] == 2
    stranger = client_of(charlie)
    assert "港区だけ" not in stranger.get("/api/v1/challenges").content.decode()
    assert "港区だけ" not in json.dumps(stranger.get("/api/v1/logic-models/2").json(), ensure_ascii=False)
    model = client_of(alice).get("/api/v1/logic-models/2?month=2026-10").json()
    keys = {node["key"] for node in model["nodes"]}
    assert model["month"] == "2026-10" and {"c", "i", "2"} == {key[0] for key in keys}
    assert all({each["source"], each["target"]} <= keys for each in model["arrows"])
    assert {gap["kind"] for gap in model["gaps"]} >= {"unfounded", "no_data", "unsupported", "unanswered"}
    assert client_of(alice).get("/api/v1/logic-models/4").status_code == 404
    for month in ("never", "9999-12", "0001-01"):
        assert client_of(alice).get(f"/api/v1/logic-models/1?month={month}").status_code == 422


def test_the_commands_adopt_and_show(secretariat):
    assert json.loads(run(adopt, "--json"))["links"] == 34
    assert "challenges: 0" in run(adopt)
    told = json.loads(run(show, "--pillar", "3", "--json"))
    assert told["pillar"] == 3 and told["arrows"] and len(json.loads(run(show, "--json"))) == 3
    text = run(show, "--pillar", "1")
    assert (
        "共同調達の実施件数" in text
        and "! 「運用コストの可視化と国への政策提言」が動かす指標がありません。" in text
    )


def test_search_and_links_know_challenges_and_initiatives(adopted, alice, charlie, actor_of, minato):
    facts = ChallengeFacts("own", "港区だけの課題", "residents", (2,), visibility="own")
    own = save_challenge(actor_of(alice), organisation=minato, facts=facts)
    found = {each.title: each for each in finding.challenge_documents(None)}
    assert len(found) == 6 and found["港区だけの課題"].visibility == "own"
    assert "98.9%" in found["「新たなベンダーロックイン」の出現と地域経済への影響"].body
    assert len(list(finding.initiative_documents(None))) == 9
    assert finding.one_challenge(str(own.pk)).pillar == "2"
    assert finding.one_initiative(str(initiative_of("3-2").pk)).pillar == "3"
    assert finding.one_challenge("article") is None and finding.one_initiative("9" * 40) is None
    assert finding.resolve_challenges([str(own.pk)], actor_of(charlie)) == {}
    (shown,) = finding.resolve_challenges([str(own.pk), "x"], actor_of(alice)).values()
    assert shown.urn == urn(CHALLENGE, own.pk)
    (shown,) = finding.resolve_initiatives([str(initiative_of("1-1").pk)], actor_of(charlie)).values()
    assert shown.urn == urn(INITIATIVE, initiative_of("1-1").pk)


def test_reports_hear_of_challenges_that_changed(adopted, system_actor, minato):
    month = Month.of(today())
    assert "challenges" in explainers()
    before = [each for each in explain(system_actor, MeasureScope(), month) if each.topic is Topic.CHANGE]
    close_challenge(system_actor, challenge=challenge_of("residents-1"), reason="信頼が戻った")
    (said,) = [each for each in explain(system_actor, MeasureScope(), month) if each.topic is Topic.CHANGE]
    assert before == []
    assert (
        said.text
        == "課題1件の状態が変わりました: 「増大するセキュリティリスクへの不安と行政不信」(なくなった)。"
    )
    assert said.url == challenge_of("residents-1").get_absolute_url()
    assert explain(system_actor, MeasureScope(minato), month) == []
    assert not [
        each for each in explain(system_actor, MeasureScope(), month.previous()) if each.text == said.text
    ]


def test_reports_hear_of_gaps_that_opened(adopted, system_actor, store, alice, charlie, actor_of, minato):
    assert explain(system_actor, MeasureScope(), OCTOBER) == []
    store("2-KPI-1", "19.4", OCTOBER.previous())
    store("2-KPI-1", None)
    (said,) = explain(system_actor, MeasureScope(), OCTOBER)
    assert said.topic is Topic.RISK and "検知から封じ込めまでの平均時間(MTTC)" in said.text
    assert said.url == "/challenges/models/2/?month=2026-10#gaps"
    facts = ChallengeFacts("own", "港区だけの課題", "residents", (2,), visibility="own")
    save_challenge(actor_of(alice), organisation=minato, facts=facts)
    month = Month.of(today())
    (said,) = explain(actor_of(alice), MeasureScope(minato), month)
    assert "「港区だけの課題」にこたえる取組がありません。" in said.text
    assert explain(actor_of(charlie), MeasureScope(minato), month) == []
