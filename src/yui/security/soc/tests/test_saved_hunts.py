"""保存したハント: kept, found by those meant to find it, changed once at a time."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.kernel.scope.basis import ChangedMeanwhile, basis_of
from yui.security.soc.models import HuntSharing, SavedHunt, SavedHuntCount
from yui.security.soc.operations.hunting.change_hunt import change_hunt
from yui.security.soc.operations.hunting.errors import (
    HiddenByAnother,
    HuntUnreadable,
)
from yui.security.soc.operations.hunting.remove_hunt import remove_hunt
from yui.security.soc.operations.hunting.save_hunt import save_hunt
from yui.security.soc.queries.hunting.saved import saved_hunts
from yui.security.soc.tests.hunt_records import MINATO, NAME, SHINJUKU, TEXT, changes_of, facts

pytestmark = pytest.mark.django_db
PRIVATE, ORGANISATION, WARDS = HuntSharing.PRIVATE, HuntSharing.ORGANISATION, HuntSharing.WARDS


@pytest.fixture
def saved(actor_of, alice, minato):
    """A function that saves a hunt of Alice, an officer of 港区."""

    def save(sharing=PRIVATE, **others):
        return save_hunt(actor_of(alice), organisation=minato, facts=facts(sharing=sharing, **others))

    return save


@pytest.fixture
def dora(member, minato):
    """Another officer of 港区."""
    return member("Dora", minato, "officer")


def found_by(actor):
    return [hunt.name for hunt in saved_hunts(actor)]


# Who finds it


@pytest.mark.parametrize(
    ("sharing", "finders"),
    [
        (PRIVATE, {"alice"}),
        (ORGANISATION, {"alice", "anna", "bob", "dora"}),
        (WARDS, {"alice", "anna", "bob", "dora", "charlie", "jun"}),
    ],
)
def test_those_meant_to_find_it_do_and_nobody_else(
    sharing, finders, saved, actor_of, client_of, alice, anna, bob, dora, charlie, jun
):
    hunt = saved(sharing, why="ねらいの文")
    people = {
        "alice": alice, "anna": anna, "bob": bob, "dora": dora, "charlie": charlie, "jun": jun
    }  # fmt: skip
    for name, person in people.items():
        is_meant = name in finders
        client = client_of(person)
        assert found_by(actor_of(person)) == ([NAME] if is_meant else []), name
        for address in (reverse("soc:saved-hunts"), reverse("soc:hunting")):
            assert (NAME in client.get(address).content.decode()) is is_meant, (name, address)
        for address in (hunt.get_absolute_url(), f"/api/v1/soc/hunts/{hunt.pk}"):
            assert client.get(address).status_code == (200 if is_meant else 404), (name, address)
        assert client.get("/api/v1/soc/hunts").json()["count"] == int(is_meant), name
        opened = client.get(reverse("soc:hunting"), {"q": "x", "saved": hunt.pk}).content.decode()
        assert ("ねらいの文" in opened) is is_meant, name


def test_a_private_hunt_is_not_named_where_colleagues_read(saved):
    saved()
    (event,) = Event.objects.unscoped("test").filter(kind="soc.hunt.save")
    assert NAME not in f"{event.summary} {event.data}"
    assert TEXT not in f"{event.summary} {event.data}"
    saved(ORGANISATION, name="みんなの")
    assert "みんなの" in Event.objects.unscoped("test").filter(kind="soc.hunt.save").latest("pk").summary


def test_counts_of_a_private_hunt_are_its_owners_alone(saved, actor_of, alice, bob):
    SavedHuntCount.objects.create(hunt=saved(), day=today(), count=3)
    assert SavedHuntCount.objects.visible_to(actor_of(alice)).count() == 1
    assert SavedHuntCount.objects.visible_to(actor_of(bob)).count() == 0


def test_the_database_keeps_private_hunts_within_the_organisation(saved):
    hunt = saved()
    with pytest.raises(IntegrityError):
        SavedHunt.objects.unscoped("test").filter(pk=hunt.pk).update(visibility="wards")


# Saving


def test_the_ledger_tells_what_was_saved(saved):
    hunt = saved(ORGANISATION, why="理由")
    entry = Entry.objects.get(verb="soc.hunt.save")
    assert entry.organisation_code == MINATO
    assert changes_of(entry)["text"] == [None, TEXT]
    assert changes_of(entry)["why"] == [None, "理由"]
    assert str(hunt.pk) in entry.subject


@pytest.mark.parametrize("text", ["Image <", "(", "| count by", "a" * 4_001])
def test_what_is_no_question_is_not_saved(text, saved):
    with pytest.raises(ValidationError):
        saved(text=text)
    assert not SavedHunt.objects.unscoped("test").exists()


def test_an_unreadable_question_is_told_with_its_place(saved):
    with pytest.raises(HuntUnreadable, match="8文字目"):
        saved(text="Image <")


def test_one_person_uses_a_name_once(client_of, alice, saved, actor_of, dora, minato):
    saved(ORGANISATION)
    address = reverse("soc:saved-hunt-new")
    again = client_of(alice).post(address, {"name": NAME, "text": "x", "span": "24h", "sharing": "private"})
    assert again.status_code == 422
    assert "同じ名前" in again.content.decode()
    save_hunt(actor_of(dora), organisation=minato, facts=facts())


def test_who_only_reads_saves_nothing(client_of, bob, actor_of, minato):
    assert client_of(bob).get(reverse("soc:saved-hunt-new")).status_code == 403
    with pytest.raises(PermissionRefused):
        save_hunt(actor_of(bob), organisation=minato, facts=facts())


def test_nobody_saves_for_another_organisation(actor_of, charlie, minato, system_actor, client_of):
    for actor in (actor_of(charlie), system_actor):
        with pytest.raises(PermissionRefused):
            save_hunt(actor, organisation=minato, facts=facts())
    form = {"organisation": MINATO, "name": NAME, "text": "x", "span": "24h", "sharing": "wards"}
    client_of(charlie).post(reverse("soc:saved-hunt-new"), form)
    assert [hunt.organisation.code for hunt in SavedHunt.objects.unscoped("test")] == [SHINJUKU]


# Changing


def test_a_colleague_changes_what_is_shared(saved, actor_of, dora, bob):
    hunt = saved(ORGANISATION)
    assert change_hunt(actor_of(dora), hunt=hunt, facts=facts(name="新しい", sharing=WARDS))
    hunt.refresh_from_db()
    assert (hunt.name, hunt.sharing) == ("新しい", WARDS)
    entry = Entry.objects.get(verb="soc.hunt.change")
    assert changes_of(entry)["name"] == [NAME, "新しい"]
    with pytest.raises(PermissionRefused):
        change_hunt(actor_of(bob), hunt=hunt, facts=facts())


def test_what_is_shared_with_all_wards_is_changed_at_home(saved, actor_of, client_of, charlie, jun):
    hunt = saved(WARDS)
    for person in (charlie, jun):
        with pytest.raises(PermissionRefused):
            change_hunt(actor_of(person), hunt=hunt, facts=facts(name="他区", sharing=WARDS))
        with pytest.raises(PermissionRefused):
            remove_hunt(actor_of(person), hunt=hunt)
        assert client_of(person).get(reverse("soc:saved-hunt-edit", args=[hunt.pk])).status_code == 403
        assert client_of(person).post(reverse("soc:saved-hunt-remove", args=[hunt.pk])).status_code == 403


def test_only_its_owner_hides_a_hunt(saved, actor_of, alice, dora):
    hunt = saved(ORGANISATION)
    with pytest.raises(HiddenByAnother):
        change_hunt(actor_of(dora), hunt=hunt, facts=facts(sharing=PRIVATE))
    assert change_hunt(actor_of(alice), hunt=hunt, facts=facts(sharing=PRIVATE))
    with pytest.raises(SavedHunt.DoesNotExist):
        change_hunt(actor_of(dora), hunt=hunt, facts=facts(sharing=ORGANISATION))


def test_the_second_of_two_editors_sees_what_the_first_one_wrote(saved, actor_of, client_of, alice, dora):
    hunt = saved(ORGANISATION)
    basis = basis_of(hunt)
    change_hunt(actor_of(alice), hunt=hunt, facts=facts(why="先の人", sharing=ORGANISATION))
    with pytest.raises(ChangedMeanwhile, match="先の人"):
        change_hunt(actor_of(dora), hunt=hunt, facts=facts(why="後の人", sharing=ORGANISATION), basis=basis)
    edit = reverse("soc:saved-hunt-edit", args=[hunt.pk])
    posted = {"name": NAME, "text": TEXT, "span": "24h", "why": "後の人", "sharing": "organisation"}
    told = client_of(dora).post(edit, posted | {"basis": basis})
    assert told.status_code == 422
    assert "先の人" in told.content.decode()
    hunt.refresh_from_db()
    assert hunt.why == "先の人"
    with_open_eyes = posted | {"basis": told.context["form"]["basis"].value()}
    assert client_of(dora).post(edit, with_open_eyes).status_code == 302
    hunt.refresh_from_db()
    assert hunt.why == "後の人"


def test_nothing_changed_is_not_told(saved, actor_of, alice):
    assert not change_hunt(actor_of(alice), hunt=saved(), facts=facts())
    assert not Entry.objects.filter(verb="soc.hunt.change").exists()


def test_shared_hunts_are_removed_by_their_owner_or_an_administrator(saved, actor_of, dora, anna, alice):
    shared, private = saved(ORGANISATION), saved(name="わたしの")
    with pytest.raises(PermissionRefused):
        remove_hunt(actor_of(dora), hunt=shared)
    with pytest.raises(SavedHunt.DoesNotExist):
        remove_hunt(actor_of(anna), hunt=private)
    remove_hunt(actor_of(anna), hunt=shared)
    remove_hunt(actor_of(alice), hunt=private)
    assert not SavedHunt.objects.unscoped("test").exists()
