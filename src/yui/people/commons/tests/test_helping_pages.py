"""How one wants to be asked, and the part of a question's page about who could help."""

import pytest
from django.urls import reverse

from yui.organisations.actors import actor_of
from yui.people.commons.errors import TooManyTags
from yui.people.commons.models import HelperProfile, HelpRequest
from yui.people.commons.operations.helping.set_helping import HelpingFacts, set_helping

PAGE = "commons:helping"
FORM = {"may_be_asked": "on", "most_per_week": "5", "away_until": "2099-03-31", "tags": "介護保険、Excel"}


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def named(colleague, answerer, ask):
    """A question whose tag the answerer named as his own."""
    question = ask(colleague, tags=["Excel"])
    HelperProfile.objects.create(user=answerer).tags.add(*question.tags.all())
    return question


def test_what_somebody_says_is_kept_and_shown_again(asker, client_of):
    client = client_of(asker)
    assert client.post(reverse(PAGE), FORM).status_code == 302
    profile = HelperProfile.objects.get(user=asker)
    assert (profile.may_be_asked, profile.most_per_week, profile.takes_turns) == (True, 5, False)
    assert {tag.name for tag in profile.tags.all()} == {"介護保険", "Excel"}
    shown = body(client.get(reverse(PAGE)))
    assert "2099-03-31" in shown and "介護保険" in shown
    client.post(reverse(PAGE), {"most_per_week": "0", "takes_turns": "on"})
    profile.refresh_from_db()
    assert (profile.may_be_asked, profile.most_per_week, profile.takes_turns) == (False, 0, True)
    assert profile.away_until is None and not profile.tags.exists()


@pytest.mark.parametrize(
    "wrong", [{"most_per_week": "21"}, {"away_until": "いつか"}, {"tags": "、".join("abcdefghi")}]
)
def test_a_mistake_is_shown_in_place(wrong, asker, client_of):
    answer = client_of(asker).post(reverse(PAGE), FORM | wrong)
    assert answer.status_code == 422 and not HelperProfile.objects.exists()


def test_too_many_tags_change_nothing(asker):
    with pytest.raises(TooManyTags):
        set_helping(actor_of(asker), facts=HelpingFacts(most_per_week=1, tags=[f"t{n}" for n in range(9)]))
    assert not HelperProfile.objects.exists()


def test_the_asker_sees_who_could_answer_and_asks(named, colleague, asker, answerer, client_of):
    address = named.get_absolute_url()
    shown = body(client_of(colleague).get(address))
    assert "答えられそうな人" in shown and "Bob" in shown and "得意なこと: Excel" in shown
    for reader in (asker, answerer):
        assert "答えられそうな人" not in body(client_of(reader).get(address))
    client_of(colleague).post(reverse("commons:ask-for-help", args=[named.pk]), {"person": answerer.pk})
    assert HelpRequest.objects.unscoped("test").get(question=named).user == answerer
    assert "声をかけた人" in body(client_of(colleague).get(address))


def test_who_was_asked_may_decline(named, colleague, answerer, client_of):
    client_of(colleague).post(reverse("commons:ask-for-help", args=[named.pk]), {"person": answerer.pk})
    client = client_of(answerer)
    assert "回答を頼まれています" in body(client.get(named.get_absolute_url()))
    assert client.post(reverse("commons:decline", args=[named.pk])).status_code == 302
    assert "回答を頼まれています" not in body(client.get(named.get_absolute_url()))
    assert "今回は難しい" in body(client_of(colleague).get(named.get_absolute_url()))


@pytest.mark.parametrize("person", ["", "x", "999999999999999999999"])
def test_who_is_nobody_is_not_found(person, named, colleague, client_of):
    answer = client_of(colleague).post(reverse("commons:ask-for-help", args=[named.pk]), {"person": person})
    assert answer.status_code == 404


def test_a_question_out_of_sight_does_not_exist(colleague, answerer, ask, client_of):
    question = ask(colleague, visibility="own")
    for name in ("ask-for-help", "decline"):
        answer = client_of(answerer).post(reverse(f"commons:{name}", args=[question.pk]), {"person": "1"})
        assert answer.status_code == 404
