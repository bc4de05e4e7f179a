"""The article's challenges: entered whole, marked as quoted, and only once."""

import pytest

from yui.governance.challenges.article import ArticleError, article, read_article
from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    Initiative,
    InitiativeEvidence,
)
from yui.governance.challenges.operations import Adopted, adopt_article, unlink
from yui.governance.challenges.tests.conftest import challenge_of, initiative_of, links
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused

pytestmark = pytest.mark.django_db


def test_the_article_is_entered_with_its_sources_and_marked_as_quoted(adopted):
    assert adopted == Adopted(challenges=5, evidence=9, initiatives=9, links=34)
    rows = [*Challenge.objects.unscoped("test"), *Initiative.objects.unscoped("test")]
    evidence = [*ChallengeEvidence.objects.unscoped("test"), *InitiativeEvidence.objects.unscoped("test")]
    assert all(each.is_quoted for each in (*rows, *evidence))
    renewed = ChallengeEvidence.objects.unscoped("test").get(figure__startswith="98.9%")
    assert renewed.address_lines == ["https://gdx-times.com/knowledge-vendor-lock-in-2/"]
    assert "98.9%が既存ベンダーと再契約しており" in renewed.statement
    assert [each.whose for each in Challenge.objects.unscoped("test")] == [
        "residents",
        "community",
        *["administration"] * 3,
    ]


def test_what_the_article_does_not_say_stays_empty(adopted):
    burden = challenge_of("administration-1")
    assert burden.statement == burden.harm_if_left == ""
    assert not burden.evidence.unscoped("test").exists()
    assert not challenge_of("residents-1").evidence.unscoped("test").exists()
    assert initiative_of("3-1").statement == initiative_of("1-3").statement == ""
    assert not links().filter(initiative__code="1-3", kind="moves").exists()


def test_a_second_run_changes_nothing(adopted, system_actor):
    before = Entry.objects.count()
    assert adopt_article(system_actor).is_nothing
    assert Entry.objects.count() == before and links().count() == adopted.links


def test_what_people_changed_stays_as_they_left_it(adopted, system_actor, secretariat):
    Challenge.objects.unscoped("test").filter(code="residents-1").update(title="書き直した題")
    Initiative.objects.unscoped("test").filter(code="1-1").delete()
    unlink(system_actor, link=links().get(source="2-KPI-1", target="2-KGI-1"))
    again = adopt_article(system_actor)
    assert (again.challenges, again.initiatives, again.evidence) == (0, 1, 1)
    assert challenge_of("residents-1").title == "書き直した題"
    assert not links().filter(source="2-KPI-1", target="2-KGI-1").exists()
    assert links().filter(initiative__code="1-1", kind="moves").count() == 1


def test_only_the_secretariat_adopts(alice, sara, actor_of):
    with pytest.raises(PermissionRefused):
        adopt_article(actor_of(alice))
    assert not adopt_article(actor_of(sara)).is_nothing


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('challenges = [{code = "x"}]\ninitiatives = []\nlinks = []', "x"),
        ('challenges = [{code = "x", colour = "red"}]\ninitiatives = []\nlinks = []', "colour"),
        ('challenges = []\ninitiatives = []\nlinks = [{from = "x"}]', "from and to"),
    ],
)
def test_a_file_that_cannot_be_is_named(text, what):
    with pytest.raises(ArticleError, match=what):
        read_article(text)


def test_every_link_joins_what_the_file_or_the_tree_has():
    found = article()
    codes = {facts.code for facts, _evidence in (*found.challenges, *found.initiatives)}
    ends = {end for each in found.links for end in (each.source, each.target)}
    assert all(end in codes or end[1:5] in ("-KGI", "-KSI", "-KPI") for end in ends)
    assert len({(each.source, each.target) for each in found.links}) == len(found.links)
