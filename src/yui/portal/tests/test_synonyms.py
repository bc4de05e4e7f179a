"""検索の同義語: all members read the list, joint administrators keep it."""

import pytest
from django.urls import reverse

from yui.kernel.policy import Role
from yui.kernel.search.models import Synonym

PAGE, REMOVE = "/search/synonyms/", "/search/synonyms/remove/"
PAIR = {"term": "ガバメントクラウド", "equivalent": "ガバクラ"}


@pytest.fixture(autouse=True)
def _known(db):
    """One pair, whatever an earlier test left of those that migrations put there."""
    Synonym.objects.all().delete()
    Synonym.objects.create(term="介護保険", equivalent="介保")


@pytest.fixture
def keeper(member, organisations, client_of):
    """The browser of an administrator of the joint body."""
    return client_of(member("Keeper", organisations["JB-OFFICE"], Role.ADMINISTRATOR))


def test_the_addresses():
    assert (reverse("portal:synonyms"), reverse("portal:synonyms-remove")) == (PAGE, REMOVE)


def test_add_and_remove(keeper):
    page = keeper.post(PAGE, PAIR, follow=True)
    assert "ガバクラ" in page.content.decode()
    pair = Synonym.objects.get(**PAIR)
    page = keeper.post(REMOVE, {"synonym": pair.pk}, follow=True)
    assert page.status_code == 200
    assert not Synonym.objects.filter(**PAIR).exists()


def test_what_is_refused_is_said_beside_the_form(keeper):
    keeper.post(PAGE, PAIR)
    page = keeper.post(PAGE, PAIR)
    assert page.status_code == 200
    assert "この組み合わせはもうあります。" in page.content.decode()


@pytest.mark.parametrize("key", ["", "0", "x", "١", "9" * 9])
def test_a_pair_that_is_not_there(keeper, key):
    assert keeper.post(REMOVE, {"synonym": key}).status_code == 404


@pytest.mark.parametrize("who", ["alice", "bob", "anna", "audrey", "jun"])
def test_others_read_only(who, request, client_of):
    client = client_of(request.getfixturevalue(who))
    page = client.get(PAGE)
    assert "介保" in page.content.decode()
    assert page.context["form"] is None
    assert client.post(PAGE, PAIR).status_code == 403
    assert client.post(REMOVE, {"synonym": Synonym.objects.first().pk}).status_code == 403
    assert Synonym.objects.count() == 1


def test_an_empty_list_teaches(keeper):
    Synonym.objects.all().delete()
    assert "どちらでさがしても見つかります" in keeper.get(PAGE).content.decode()
