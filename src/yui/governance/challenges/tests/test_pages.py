"""The pages of challenges and initiatives: what they show, to whom, and what their forms do."""

import pytest
from django.urls import reverse

from yui.governance.challenges.facts import ChallengeFacts, EvidenceFacts
from yui.governance.challenges.models import Challenge, ChallengeEvidence, Initiative
from yui.governance.challenges.operations import save_challenge, save_evidence
from yui.governance.challenges.tests.conftest import challenge_of, initiative_of

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


def page(name, *args):
    return reverse(f"challenges:{name}", args=args)


CHALLENGE = {
    "code": "new",
    "title": "人が足りない",
    "whose": "administration",
    "pillars": ["1", "3"],
    "statement": "夜間の当番がいない。",
    "harm_if_left": "止まる。",
    "position": "7",
    "visibility": "wards",
}
INITIATIVE = {"code": "3-9", "pillar": "3", "title": "当番の相互応援", "position": "1", "visibility": "wards"}
EVIDENCE = {"kind": "report", "title": "当番の報告", "figure": "2人", "addresses": "https://example.jp/a"}


def test_the_list_shows_challenges_and_filters_by_pillar(adopted, alice, client_of):
    client = client_of(alice)
    text = body(client.get(page("challenges")))
    assert "標準化移行に伴う「コスト・時間・機能」の三重苦" in text and "ロジックモデル ②" in text
    text = body(client.get(page("challenges"), {"pillar": "2"}))
    assert "国家規模化" in text and "三重苦" not in text
    text = body(client.get(page("challenges"), {"pillar": ["1", "3"]}))
    assert "牛の道" in text and "三重苦" not in text


def test_the_secretariat_adopts_the_article_once_by_a_button(sara, alice, client_of, secretariat):
    assert "記事の課題を取り込む" not in body(client_of(alice).get(page("challenges")))
    assert client_of(alice).post(page("adopt")).status_code == 403
    client = client_of(sara)
    assert "記事の課題を取り込む" in body(client.get(page("challenges")))
    assert client.post(page("adopt")).status_code == 302
    assert "記事の課題を取り込む" not in body(client.get(page("challenges")))
    assert Challenge.objects.unscoped("test").count() == 5


def test_a_challenge_reads_in_the_articles_form(adopted, alice, client_of, store):
    store("1-KPI-1", "12.5")
    store("1-KGI-1", None)
    text = body(client_of(alice).get(challenge_of("community-1").get_absolute_url()))
    for part in (
        "記事から引用した文章です。内容はまだ確かめていません。",
        "客観的根拠",
        "98.9%が既存ベンダーと再契約",
        'href="https://gdx-times.com/knowledge-vendor-lock-in-2/" rel="noopener noreferrer"',
        "放置した場合の悪影響",
        "地域経済が疲弊します。",
        "特別区合同での「共同調達」の推進",
        "特別区合同デジタル人材育成プログラムの創設",
        "共同調達によるコスト削減率",
        "12.5%",
        "15%以上",
        "遅れ",
    ):
        assert part in text, part
    assert text.index("共同調達の実施件数") > text.index("共同調達によるコスト削減率")


def test_where_the_article_gives_a_heading_only_the_page_says_so(adopted, alice, client_of):
    text = body(client_of(alice).get(challenge_of("administration-1").get_absolute_url()))
    assert text.count("記事に記述がありません。") == 3
    text = body(client_of(alice).get(initiative_of("3-1").get_absolute_url()))
    assert text.count("記事に記述がありません。") == 2
    text = body(client_of(alice).get(challenge_of("administration-2").get_absolute_url()))
    assert "記事に出典の記述がありません。" in text


def test_pages_read_in_english(adopted, bob, client_of):
    client = client_of(bob)
    client.cookies["django_language"] = "en"
    text = body(client.get(challenge_of("administration-3").get_absolute_url()))
    assert "merely paves the cow path" in text and "Harm if it is left" in text
    assert 'lang="ja"' in text


def test_a_challenge_is_added_changed_and_eased_by_forms(sara, client_of):
    client = client_of(sara)
    answer = client.post(page("challenge-new"), CHALLENGE)
    made = Challenge.objects.unscoped("test").get()
    assert answer.url == made.get_absolute_url() and made.pillars == (1, 3)
    changed = CHALLENGE | {"title": "人手が足りない", "pillars": ["3"]}
    assert client.post(page("challenge-edit", made.pk), changed).status_code == 302
    text = body(client.get(made.get_absolute_url()))
    assert "人手が足りない" in text and "こたえる取組がまだありません。" in text and "履歴" in text
    form = body(client.get(page("challenge-edit", made.pk)))
    assert 'value="人手が足りない"' in form
    assert client.post(page("challenge-edit", made.pk), changed | {"pillars": []}).status_code == 422
    state = page("challenge-state", made.pk)
    assert client.post(state, {"state": "eased", "reason": " "}).status_code == 422
    assert client.post(state, {"state": "open", "reason": "理由"}).status_code == 422
    assert client.post(state, {"state": "eased", "reason": "2人増えた"}).status_code == 302
    assert "2人増えた" in body(client.get(made.get_absolute_url()))
    assert client.post(state, {"state": "open", "reason": "また減った"}).status_code == 302
    text = body(client.get(made.get_absolute_url()))
    assert "だれの課題か</dt>" in text and "for_pillar_1" not in text and "はい" in text


def test_a_quoted_text_that_somebody_changed_is_no_quotation_any_more(adopted, sara, client_of):
    client, stored = client_of(sara), challenge_of("community-1")
    form = client.get(page("challenge-edit", stored.pk)).context["form"]
    same = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    client.post(page("challenge-edit", stored.pk), same | {"position": "9"})
    assert challenge_of("community-1").is_quoted and challenge_of("community-1").position == 9
    client.post(page("challenge-edit", stored.pk), same | {"statement": "書き直した"})
    assert not challenge_of("community-1").is_quoted


def test_evidence_is_kept_by_forms(challenge, initiative, sara, alice, client_of):
    client = client_of(sara)
    for owner, kind in ((challenge, "challenge"), (initiative, "initiative")):
        new = page(f"{kind}-evidence-new", owner.pk)
        assert client_of(alice).get(new).status_code == 403
        assert client.post(new, EVIDENCE | {"series_code": "nothing"}).status_code == 422
        assert client.post(new, EVIDENCE | {"area_code": "000000"}).status_code == 422
        assert client.post(new, EVIDENCE).status_code == 302
        text = body(client_of(alice).get(owner.get_absolute_url()))
        assert "当番の報告" in text and "https://example.jp/a" in text
        made = owner.evidence.unscoped("test").get()
        edit = page(f"{kind}-evidence", made.pk)
        assert client.post(edit, EVIDENCE | {"title": "直した報告"}).status_code == 302
        gone = page(f"{kind}-evidence-remove", made.pk)
        assert client_of(alice).post(gone).status_code == 403
        assert client.get(gone).status_code == 405
        assert client.post(gone).status_code == 302
        assert not owner.evidence.unscoped("test").exists()


def test_an_address_that_is_none_is_shown_and_leads_nowhere(challenge, system_actor, alice, client_of):
    facts = EvidenceFacts("opinion", "<b>声</b>", addresses="javascript:alert(1)\nhttps://example.jp/<x>")
    save_evidence(system_actor, of=challenge, facts=facts)
    text = body(client_of(alice).get(challenge.get_absolute_url()))
    assert 'href="javascript' not in text and "javascript:alert(1)" in text
    assert "<b>声" not in text and "&lt;x&gt;" in text


def test_an_initiative_is_added_and_changed_by_forms(sara, alice, client_of):
    client = client_of(sara)
    assert client_of(alice).get(page("initiative-new"), {"pillar": "3"}).status_code == 200
    assert client.post(page("initiative-new"), INITIATIVE).status_code == 302
    made = Initiative.objects.unscoped("test").get()
    assert client.post(page("initiative-edit", made.pk), INITIATIVE | {"department": "人事課"}).url == (
        made.get_absolute_url()
    )
    assert client.post(page("initiative-edit", made.pk), INITIATIVE | {"option": "x|y"}).status_code == 422
    text = body(client.get(made.get_absolute_url()))
    assert "人事課" in text and "動かす指標がまだありません。" in text
    assert client_of(alice).get(page("initiative-edit", made.pk)).status_code == 403


def test_a_wards_own_challenge_is_seen_by_no_other_ward(alice, bob, charlie, client_of, actor_of, minato):
    facts = ChallengeFacts("own", "港区だけの課題", "residents", (2,), visibility="own")
    own = save_challenge(actor_of(alice), organisation=minato, facts=facts)
    save_evidence(actor_of(alice), of=own, facts=EvidenceFacts("opinion", "港区の声"))
    evidence = ChallengeEvidence.objects.unscoped("test").get()
    assert "港区の声" in body(client_of(bob).get(own.get_absolute_url()))
    stranger = client_of(charlie)
    assert "港区だけ" not in body(stranger.get(page("challenges")))
    assert "港区だけ" not in body(stranger.get(page("model", 2)))
    for name in ("challenge", "challenge-edit", "challenge-state", "challenge-evidence-new"):
        assert stranger.get(page(name, own.pk)).status_code == 404
    assert stranger.get(page("challenge-evidence", evidence.pk)).status_code == 404
    assert stranger.post(page("challenge-evidence-remove", evidence.pk)).status_code == 404
    assert client_of(bob).get(page("challenge-edit", own.pk)).status_code == 403
    assert stranger.get(f"/challenges/{10**30}/").status_code == 404
