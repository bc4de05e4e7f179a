"""Hunts of every morning: each day counted once, within the owner's reach, and told."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import TOKYO, today
from yui.kernel.ledger.models import Entry
from yui.kernel.notices.models import Notice
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.registry import find_kind, periodic_schedules
from yui.kernel.tasks.worker import JobWorker
from yui.organisations.public import User, actor_of_user
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.clocks import microseconds
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.models import HuntSharing, SavedHunt, SavedHuntCount
from yui.security.soc.operations.hunting.change_hunt import change_hunt
from yui.security.soc.operations.hunting.errors import (
    TooManyDailyHunts,
)
from yui.security.soc.operations.hunting.facts import MOST_DAILY
from yui.security.soc.operations.hunting.save_hunt import save_hunt
from yui.security.soc.tests.hunt_records import MINATO, NAME, SHINJUKU, facts

pytestmark = pytest.mark.django_db
PRIVATE, ORGANISATION = HuntSharing.PRIVATE, HuntSharing.ORGANISATION


@pytest.fixture
def saved(actor_of, alice, minato):
    """A function that saves a hunt of Alice, an officer of 港区."""

    def save(sharing=PRIVATE, **others):
        return save_hunt(actor_of(alice), organisation=minato, facts=facts(sharing=sharing, **others))

    return save


def store(ward, day, *images):
    """Store an event of each image at noon of a day, and one a minute before and after the day."""
    noon = microseconds(datetime.combine(day, time(12), TOKYO))
    times = [noon] * len(images) + [noon - 43_260 * 1_000_000, noon + 43_260 * 1_000_000]
    names = [*images, "edge.exe", "edge.exe"]
    source = LogSource("windows", "process_creation")
    records = [
        LogRecord(source, at, {"EventID": 1, "Image": f"C:\\{name}"}, name)
        for at, name in zip(times, names, strict=True)
    ]
    ids = [f"{ward}{number}".encode().ljust(16, b".") for number in range(len(names))]
    EventStore().append(ward, records, times, ids)


def run_morning(system_actor, minato):
    """Run the daily job as the worker does."""
    enqueue(system_actor, minato, "soc.hunting.daily")
    JobWorker(actor_now=lambda pk: actor_of_user(User.objects.get(pk=pk))).drain()


@pytest.fixture
def yesterday():
    return today() - timedelta(days=1)


def test_a_daily_hunt_is_counted_within_its_owners_reach(
    saved, system_actor, actor_of, minato, charlie, shinjuku, alice, yesterday
):
    store(MINATO, yesterday, "a.exe", "a.exe", "b.exe")
    store(SHINJUKU, yesterday, "a.exe", "a.exe", "a.exe", "a.exe", "a.exe")
    daily = saved(text="Image exists", is_daily=True)
    none = saved(name="ない", text="Image = nothing", is_daily=True)
    saved(name="ときどき", text="Image exists")
    other = save_hunt(
        actor_of(charlie), organisation=shinjuku, facts=facts(text="Image contains a.exe", is_daily=True)
    )
    run_morning(system_actor, minato)
    kept = {one.hunt_id: one.count for one in SavedHuntCount.objects.unscoped("test").filter(day=yesterday)}
    assert kept == {daily.pk: 3, none.pk: 0, other.pk: 5}
    assert {(each.user_id, each.title) for each in Notice.objects.all()} == {
        (alice.pk, f"ハント「{NAME}」: {yesterday.month}月{yesterday.day}日のログに3件"),
        (charlie.pk, f"ハント「{NAME}」: {yesterday.month}月{yesterday.day}日のログに5件"),
    }


def test_a_day_is_counted_and_told_once(saved, system_actor, minato, yesterday):
    store(MINATO, yesterday, "a.exe")
    saved(text="Image exists", is_daily=True)
    run_morning(system_actor, minato)
    store(MINATO, yesterday, "late.exe")
    Notice.objects.all().delete()
    run_morning(system_actor, minato)
    assert SavedHuntCount.objects.unscoped("test").get().count == 1
    assert not Notice.objects.exists()
    assert Entry.objects.filter(verb="soc.hunt.count").count() == 1


def test_a_hunt_whose_owner_left_is_left_out(saved, system_actor, minato, alice, yesterday):
    store(MINATO, yesterday, "a.exe")
    saved(ORGANISATION, text="Image exists", is_daily=True)
    alice.is_active = False
    alice.save()
    run_morning(system_actor, minato)
    assert not SavedHuntCount.objects.unscoped("test").exists()


def test_what_could_not_be_counted_is_told_as_no_data(
    saved, system_actor, client_of, alice, minato, yesterday, settings
):
    store(MINATO, yesterday, "a.exe")
    hunt = saved(text="Image exists", is_daily=True)
    for path in settings.LAKE.rglob("*.parquet"):
        path.unlink()
    run_morning(system_actor, minato)
    kept = SavedHuntCount.objects.unscoped("test").get()
    assert kept.count is None
    assert kept.problem
    assert "数えられませんでした" in Notice.objects.get().title
    assert kept.problem[:20] in client_of(alice).get(hunt.get_absolute_url()).content.decode()


def test_a_question_that_is_not_understood_any_more_stops_no_other(saved, system_actor, minato, yesterday):
    store(MINATO, yesterday, "a.exe")
    old = saved(name="古い書き方", text="Image exists", is_daily=True)
    saved(name="いまの書き方", text="Image exists", is_daily=True)
    SavedHunt.objects.unscoped("test").filter(pk=old.pk).update(text="Image exists and (")
    run_morning(system_actor, minato)
    counts = dict(SavedHuntCount.objects.unscoped("test").values_list("hunt__name", "count"))
    assert counts == {"古い書き方": None, "いまの書き方": 1}
    assert SavedHuntCount.objects.unscoped("test").get(hunt=old).problem


def test_the_page_leads_from_a_count_to_its_events(saved, client_of, alice, system_actor, minato, yesterday):
    store(MINATO, yesterday, "a.exe", "b.exe")
    hunt = saved(text="Image exists", is_daily=True)
    run_morning(system_actor, minato)
    client = client_of(alice)
    ((count, question),) = client.get(hunt.get_absolute_url()).context["counts"]
    answer = client.get(f"{reverse('soc:hunting')}?{question}").context["answer"]
    assert answer.total == count.count == 2
    told = client.get(f"/api/v1/soc/hunts/{hunt.pk}").json()
    assert told["counts"] == [{"day": str(yesterday), "count": 2, "problem": ""}]


def test_one_person_has_so_many_daily_hunts(saved, actor_of, alice):
    for number in range(MOST_DAILY):
        last = saved(name=f"{number}", is_daily=True)
    with pytest.raises(TooManyDailyHunts):
        saved(name="もう一つ", is_daily=True)
    more = saved(name="もう一つ")
    with pytest.raises(TooManyDailyHunts):
        change_hunt(actor_of(alice), hunt=more, facts=facts(name="もう一つ", is_daily=True))
    assert change_hunt(actor_of(alice), hunt=last, facts=facts(name="変えた", is_daily=True))


def test_the_clock_knows_the_daily_hunts():
    assert str(periodic_schedules()["soc.hunting.daily"]) == "daily 06:10"
    assert find_kind("soc.hunting.daily").title == "毎朝のハント"
