"""What is found, by whom, and how it is shown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.policy import Actor, ActorKind, Membership, Role
from yui.kernel.search.models import Synonym
from yui.kernel.search.public import IndexState, Manner, rebuild, search, suggest

SYSTEM = Actor.system("test")


def person(*codes: str) -> Actor:
    """Somebody with a viewer's role in the organisations of these codes."""
    memberships = tuple(Membership(int(code), code, Role.VIEWER, "ward") for code in codes)
    return Actor(ActorKind.PERSON, 1, "P", memberships)


def found(actor: Actor, text: str, **choices) -> set[str]:
    """Identifiers of the records found without relaxing."""
    results = search(actor, text, **choices)
    assert results.state is IndexState.READY
    return set() if results.is_relaxed else {hit.urn.rpartition(":")[2] for hit in results.hits}


@pytest.mark.parametrize(
    "question",
    [
        "住民",
        "住",
        "民記",
        "住民記録",
        "ジュウミンキロク",
        "住民　記録",
        "記録 住民",
        "住民の記録",
        "ｼｽﾃﾑ",
        "しすてむ",
        "SYSTEM2",
    ],
)
def test_words_of_any_length_and_spelling(systems, question):
    systems.put(
        "a", title="住民記録システム", body="Ｓｙｓｔｅｍ２の更新", reading="じゅうみんきろくしすてむ"
    )
    systems.put("b", title="財務会計", body="予算の執行")
    assert found(SYSTEM, question) == {"a"}


@pytest.mark.parametrize(
    ("question", "title"), [("介保", "介護保険料の賦課"), ("個人番号", "マイナンバー利用事務系")]
)
def test_default_synonyms(systems, question, title):
    systems.put("a", title=title)
    systems.put("b", title="税務")
    assert found(SYSTEM, question) == {"a"}


def test_a_synonym_of_latin_letters_is_a_whole_word(systems):
    Synonym.objects.get_or_create(term="人工知能", equivalent="AI")
    systems.put("a", title="AIの利用")
    systems.put("b", title="mail server", body="maintain")
    assert found(SYSTEM, "人工知能") == {"a"}
    assert search(SYSTEM, "人工知能").hits[0].title_html == "<mark>AI</mark>の利用"
    assert found(SYSTEM, "mail") == {"b"}


def test_a_new_synonym_works_at_once(systems):
    systems.put("a", title="共同利用の費用")
    assert found(SYSTEM, "相乗り") == set()
    Synonym.objects.create(term="共同利用", equivalent="相乗り")
    assert found(SYSTEM, "相乗り") == {"a"}


@pytest.mark.parametrize(
    ("question", "title", "marked"),
    [
        ("かいごほけん", "介護保険料の賦課", "<mark>介護保険</mark>料の賦課"),
        ("じゅうみんのきろく", "住民記録の異動", "<mark>住民記録</mark>の異動"),
        ("よさん", "補正予算", "補正<mark>予算</mark>"),
        ("打合せ", "打ち合わせの議事録", "<mark>打ち合わせ</mark>の議事録"),
        ("申込", "申し込みの受付", "<mark>申し込み</mark>の受付"),
        ("サーバ", "サーバーの更新", "<mark>サーバー</mark>の更新"),
        ("ＷＥＢ会議", "ウェブ会議の予約", "<mark>ウェブ会議</mark>の予約"),
    ],
)
def test_other_spellings_and_readings_are_found_and_marked(systems, question, title, marked):
    systems.put("a", title=title)
    systems.put("b", title="買う御保健室", body="見る")
    results = search(SYSTEM, question)
    assert [hit.urn.rpartition(":")[2] for hit in results.hits] == ["a"]
    assert results.manner is Manner.EXACT
    assert results.hits[0].title_html == marked


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("ネットワーコ", "<mark>ネットワーク</mark>とKubernetesと介護保険証"),
        ("kubernets", "ネットワークと<mark>Kubernetes</mark>と介護保険証"),
        ("ネットワーク kubrenetes", "<mark>ネットワーク</mark>と<mark>Kubernetes</mark>と介護保険証"),
        ("介護補険証", "ネットワークとKubernetesと<mark>介護</mark>保険<mark>証</mark>"),
    ],
)
def test_one_wrong_letter_is_forgiven_where_nothing_holds_it(systems, question, marked):
    systems.put("a", title="ネットワークとKubernetesと介護保険証")
    systems.put("b", title="税務")
    results = search(SYSTEM, question)
    assert results.is_respelt
    assert [hit.urn.rpartition(":")[2] for hit in results.hits] == ["a"]
    assert results.hits[0].title_html == marked


def test_letters_are_not_forgiven_where_enough_is_found_or_words_are_short(systems):
    for number in range(3):
        systems.put(str(number), title=f"データセンター{number}号")
    systems.put("other", title="データセンサー")
    systems.put("short", title="税務課")
    assert found(SYSTEM, "データセンター") == {"0", "1", "2"}
    assert not search(SYSTEM, "税無").is_respelt


def test_a_short_word_finds_what_reading_every_text_finds(systems):
    texts = ["住民税", "区民と住民", "在住民間", "住 民", "移住。民生", "ｼﾞｭｳﾐﾝ", "住民基本台帳" * 300, "民住"]
    for number, text in enumerate(texts):
        systems.put(str(number), title="記録", body="前置き。" * number + text)
    assert found(SYSTEM, "住民") == {str(n) for n, text in enumerate(texts) if "住民" in text}


def test_titles_come_before_bodies(systems):
    systems.put("body", title="会議の記録", body="契約について話した。契約。")
    systems.put("title", title="契約", body="会議")
    assert [hit.urn.rpartition(":")[2] for hit in search(SYSTEM, "契約").hits] == ["title", "body"]


def test_a_question_with_more_words_than_any_record_is_relaxed(systems):
    systems.put("a", title="証明書の更新", body="期限切れの前に手続きをする")
    results = search(SYSTEM, "証明書の期限切れで窓口システムが止まった時に最初に連絡する相手は誰ですか")
    assert results.is_relaxed
    assert results.total == 1


class TestAccess:
    """Two wards, a joint body, a visitor."""

    @pytest.fixture
    def records(self, systems):
        systems.put("own", title="契約 自区", visibility="own")
        systems.put("shared", title="契約 共有", visibility="participants", participant_codes=("131041",))
        systems.put("stale", title="契約 名残", visibility="own", participant_codes=("131041",))
        systems.put("wards", title="契約 全区", visibility="wards")
        systems.put("public", title="契約 公開", visibility="public")
        return systems

    @pytest.mark.parametrize(
        ("actor", "expected"),
        [
            (person("131032"), {"own", "shared", "stale", "wards", "public"}),
            (person("131041"), {"shared", "wards", "public"}),
            (person("131059"), {"wards", "public"}),
            (person("131041", "131032"), {"own", "shared", "stale", "wards", "public"}),
            (person(), {"public"}),
            (Actor.anonymous(), {"public"}),
            (SYSTEM, {"own", "shared", "stale", "wards", "public"}),
        ],
    )
    def test_results_counts_facets_and_suggestions(self, records, actor, expected):
        results = search(actor, "契約")
        assert {hit.urn.rpartition(":")[2] for hit in results.hits} == expected
        assert results.total == len(expected)
        assert [(facet.code, facet.count) for facet in results.kinds] == [("registry.system", len(expected))]
        assert {hit.urn.rpartition(":")[2] for hit in suggest(actor, "契約")} == expected

    def test_choosing_another_ward_opens_nothing(self, records):
        results = search(person("131041"), "自区", organisations=["131032"])
        assert results.total == 0
        assert results.organisations == ()

    def test_a_name_that_looks_like_an_access_term_opens_nothing(self, records):
        assert found(person("131041"), "org:131032 自区") == set()
        assert search(person("131041"), "access:org:131032 OR 自区").total == 0


def test_facets_count_under_the_other_choices(shelf):
    systems, bills = shelf("registry.system"), shelf("costs.bill")
    systems.put("a", title="契約", organisation_code="131032", pillar="transition")
    systems.put("b", title="契約", organisation_code="131041", pillar="transition")
    bills.put("c", title="契約", organisation_code="131032", pillar="security")
    results = search(SYSTEM, "契約", kinds=["registry.system"])
    assert results.total == 2
    assert {(f.code, f.title, f.count, f.is_selected) for f in results.kinds} == {
        ("registry.system", "REGISTRY.SYSTEM", 2, True),
        ("costs.bill", "COSTS.BILL", 1, False),
    }
    assert {(f.code, f.count) for f in results.organisations} == {("131032", 1), ("131041", 1)}
    assert {(f.code, f.count) for f in results.pillars} == {("transition", 2)}


def test_pages(systems):
    for number in range(45):
        systems.put(str(number), title=f"契約 {number}")
    pages = [search(SYSTEM, "契約", page=page) for page in (1, 2, 3, 99, -1)]
    assert [page.page for page in pages] == [1, 2, 3, 3, 1]
    assert len({hit.urn for page in pages[:3] for hit in page.hits}) == 45


def test_results_are_escaped_and_marked(systems):
    systems.put("a", title="<script>契約</script>", body='契約 <img src=x onerror="alert(1)">')
    hit = search(SYSTEM, "契約").hits[0]
    assert hit.title_html == "&lt;script&gt;<mark>契約</mark>&lt;/script&gt;"
    assert "<img" not in hit.excerpt_html
    assert suggest(SYSTEM, "script")[0].title_html.startswith("&lt;<mark>script</mark>")


@pytest.mark.parametrize("typed", ["住", "住民", "じゅう", "ジュウ", "記録", "シス", "ｼｽ"])
def test_suggestions_begin_with_what_is_typed(systems, typed):
    systems.put("a", title="住民記録システム", reading="ジュウミンキロクシステム")
    systems.put("b", title="税務")
    assert [suggestion.title for suggestion in suggest(SYSTEM, typed)] == ["住民記録システム"]


def test_a_title_that_begins_so_is_suggested_first(systems):
    systems.put("inner", title="新しい契約")
    systems.put("start", title="契約の一覧")
    assert [suggestion.title for suggestion in suggest(SYSTEM, "契約")] == ["契約の一覧", "新しい契約"]


HOSTILE = [
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e契約",
    '"',
    '"契約',
    "(契約",
    "契約)",
    "[a-z]+",
    ".*",
    "契約*",
    "^契約$",
    "契約~2",
    "title:契約",
    "+契約 -契約",
    "NOT 契約",
    "AND OR",
    "\\",
    "{}",
    "//",
    "契約\n\t契約",
    "💥",
    "a" * 10_000,
    "契約 " * 3_000,
    "契" * 10_000,
    "ﾞﾟ",
    "\u0301" * 500,
    "' OR 1=1 --",
    "%契約%",
    "<script>",
    "ー",
    "_",
    "々",
    "\ufeff",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_questions_are_only_text(systems, text):
    systems.put("a", title="契約")
    assert search(SYSTEM, text, page=10**9, kinds=[text], organisations=[text]).state is IndexState.READY
    assert search(SYSTEM, text).state is IndexState.READY
    suggest(SYSTEM, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_no_question_fails(systems, text):
    systems.put("a", title="契約")
    assert search(SYSTEM, text).state is IndexState.READY


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(max_size=200), body=st.text(max_size=400))
def test_every_record_can_be_indexed(systems, title, body):
    systems.put("a", title=title, body=body + " 目印の言葉")
    rebuild()
    assert "a" in found(SYSTEM, "目印の言葉")
