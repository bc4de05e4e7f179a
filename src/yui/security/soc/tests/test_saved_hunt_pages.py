"""保存したハント on the pages: saved, opened, replaced by a better question, saved again once removed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from yui.kernel.ledger.models import Entry
from yui.security.soc.models import HuntSharing, SavedHunt
from yui.security.soc.operations.hunting.save_hunt import save_hunt
from yui.security.soc.tests.hunt_records import NAME, TEXT, changes_of, facts

pytestmark = pytest.mark.django_db
PRIVATE, WARDS = HuntSharing.PRIVATE, HuntSharing.WARDS


@pytest.fixture
def saved(actor_of, alice, minato):
    """A function that saves a hunt of Alice, an officer of 港区."""

    def save(sharing=PRIVATE, **others):
        return save_hunt(actor_of(alice), organisation=minato, facts=facts(sharing=sharing, **others))

    return save


def test_a_question_is_saved_opened_and_asked_again(client_of, alice):
    client = client_of(alice)
    asked = client.get(reverse("soc:hunting"), {"q": TEXT, "span": "7d"})
    assert reverse("soc:saved-hunt-new") in asked.content.decode()
    form = client.get(reverse("soc:saved-hunt-new"), {"q": TEXT, "span": "7d"}).context["form"]
    proposed = {
        "text": form["text"].value(),
        "span": form["span"].value(),
        "sharing": form["sharing"].value(),
    }
    assert proposed == {"text": TEXT, "span": "7d", "sharing": "private"}
    saved = client.post(reverse("soc:saved-hunt-new"), proposed | {"name": NAME})
    hunt = SavedHunt.objects.unscoped("test").get()
    assert saved["Location"] == hunt.get_absolute_url()
    question = client.get(hunt.get_absolute_url()).context["question"]
    again = client.get(f"{reverse('soc:hunting')}?{question}")
    assert (again.context["asked"].text, again.context["asked"].span_name) == (TEXT, "7d")
    assert again.context["opened"] == hunt
    assert not again.context["may_replace"]
    assert reverse("soc:saved-hunt-new") not in again.content.decode()


def test_a_better_question_takes_the_place_of_the_saved_one(client_of, alice, saved):
    hunt = saved()
    client = client_of(alice)
    better = "Image exists"
    page = client.get(reverse("soc:hunting"), {"q": better, "span": "1h", "saved": hunt.pk})
    edit = reverse("soc:saved-hunt-edit", args=[hunt.pk])
    assert page.context["may_replace"]
    assert f"{edit}?{page.context['to_save']}".replace("&", "&amp;") in page.content.decode()
    form = client.get(f"{edit}?{page.context['to_save']}").context["form"]
    posted = {name: form[name].value() for name in ("name", "text", "span", "why", "sharing", "basis")}
    assert (posted["text"], posted["span"], posted["name"]) == (better, "1h", NAME)
    assert client.post(edit, posted).status_code == 302
    hunt.refresh_from_db()
    assert (hunt.text, hunt.span, hunt.is_private) == (better, "1h", True)


@pytest.mark.parametrize("key", ["0", "999999999999999999", "9" * 40, "x", "-1", ""])
def test_a_key_of_nothing_opens_nothing(client_of, alice, key):
    page = client_of(alice).get(reverse("soc:hunting"), {"q": "x", "saved": key})
    assert page.status_code == 200
    assert page.context["opened"] is None


def test_a_removed_hunt_can_be_saved_again(client_of, alice, saved):
    hunt = saved(WARDS, why="ねらい", span="30d", is_daily=True)
    client = client_of(alice)
    gone = client.post(reverse("soc:saved-hunt-remove", args=[hunt.pk]), follow=True)
    assert not SavedHunt.objects.unscoped("test").exists()
    again = next(
        part.split('"')[0]
        for part in gone.content.decode().split('href="')
        if part.startswith("/soc/hunting/saved/new/?")
    ).replace("&amp;", "&")
    form = client.get(again).context["form"]
    names = ("name", "text", "span", "why", "sharing", "is_daily")
    assert [form[name].value() for name in names] == [NAME, TEXT, "30d", "ねらい", "wards", True]
    assert changes_of(Entry.objects.get(verb="soc.hunt.remove"))["text"] == [TEXT, None]


@pytest.mark.parametrize("name", ["soc:saved-hunts", "soc:hunting"])
def test_many_saved_hunts_cost_no_more_queries_than_one(name, saved, client_of, alice):
    client, address = client_of(alice), reverse(name)
    counts = []
    for number in range(31):
        saved(name=f"ハント {number}", why="ねらい")
        if number in (0, 30):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1]
