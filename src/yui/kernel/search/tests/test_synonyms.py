"""Joint administrators keep the words that find each other."""

from importlib import import_module

import pytest

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor, PermissionRefused, Role
from yui.kernel.search.errors import SynonymRefused
from yui.kernel.search.models import Synonym
from yui.kernel.search.operations.add_synonym import add_synonym
from yui.kernel.search.operations.remove_synonym import remove_synonym
from yui.kernel.search.public import search


@pytest.fixture(autouse=True)
def _known(db):
    """One pair, whatever an earlier test left of those that migrations put there."""
    Synonym.objects.all().delete()
    Synonym.objects.create(term="介護保険", equivalent="介保")


@pytest.fixture
def office(organisations):
    return organisations["JB-OFFICE"]


@pytest.fixture
def keeper(member, office, actor_of) -> Actor:
    """An administrator of the joint body."""
    return actor_of(member("Keeper", office, Role.ADMINISTRATOR))


def found(text: str) -> list[str]:
    """Return the titles of the records that hold the whole word."""
    results = search(Actor.system("test"), text)
    return [] if results.is_relaxed else [hit.title for hit in results.hits]


def test_a_pair_works_from_the_next_search_until_it_is_taken_out(systems, keeper, office):
    systems.put("a", title="共同利用の費用")
    assert found("相乗り") == []
    pair = add_synonym(keeper, organisation=office, term="共同利用", equivalent="相乗り")
    assert found("相乗り") == ["共同利用の費用"]
    remove_synonym(keeper, organisation=office, synonym=pair)
    assert found("相乗り") == []
    verbs = Entry.objects.filter(organisation_code=office.code).order_by("sequence")
    assert [entry.verb for entry in verbs][-2:] == ["search.synonym.add", "search.synonym.remove"]


@pytest.mark.parametrize(
    ("term", "equivalent"),
    [
        ("保", "保険"),
        ("", "保険"),
        ("あ" * 61, "保険"),
        ("システム", "ｼｽﾃﾑ"),
        ("介護保険", "介保"),
        ("介保", "介護保険"),
    ],
)
def test_pairs_that_say_nothing_are_refused(keeper, office, term, equivalent):
    before = Synonym.objects.count()
    with pytest.raises(SynonymRefused):
        add_synonym(keeper, organisation=office, term=term, equivalent=equivalent)
    assert Synonym.objects.count() == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICER, Role.JOINT_STAFF, Role.AUDITOR])
def test_others_change_nothing(member, office, actor_of, role):
    actor = actor_of(member("Other", office, role))
    with pytest.raises(PermissionRefused):
        add_synonym(actor, organisation=office, term="共同利用", equivalent="相乗り")
    with pytest.raises(PermissionRefused):
        remove_synonym(actor, organisation=office, synonym=Synonym.objects.first())
    assert Synonym.objects.count() == 1


def test_the_words_given_at_migration_say_something(keeper, office):
    pairs = import_module("yui.kernel.search.migrations.0003_everyday_synonyms").PAIRS
    Synonym.objects.all().delete()
    for term, equivalent in pairs:
        add_synonym(keeper, organisation=office, term=term, equivalent=equivalent)
    assert Synonym.objects.count() == len(pairs) >= 60
