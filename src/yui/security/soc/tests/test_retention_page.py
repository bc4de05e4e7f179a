"""保存期間: the ward's administrator decides, everybody of the ward sees, nobody else."""

from datetime import timedelta

import pytest

from yui.kernel.calendar_jp import now
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.kernel.tasks.operations import enqueue
from yui.kernel.tasks.worker import JobWorker
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.event_ids import event_id
from yui.security.soc.event_store.retention import sizes
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.models import EventRetention
from yui.security.soc.operations.senders.keep_events import keep_events
from yui.security.soc.queries.senders.retention_of import retention_of

pytestmark = pytest.mark.django_db
URL = "/soc/retention/"


def test_without_a_decision_events_are_kept_for_the_usual_days(minato):
    assert retention_of(minato).days == 400
    assert retention_of(minato).by_class == {}


def test_the_administrator_sets_days_by_class(minato, anna, client_of):
    answer = client_of(anna).post(URL, {"class_0": "90", "class_3002": "365", "class_1007": ""})
    assert answer.status_code == 302
    assert (retention_of(minato).days, dict(retention_of(minato).by_class)) == (90, {3002: 365})
    assert Entry.objects.filter(verb="soc.retention.set", organisation_code=minato.code).count() == 1
    client_of(anna).post(URL, {"class_0": "90"})
    assert dict(retention_of(minato).by_class) == {}


def test_days_out_of_bounds_are_told_in_the_form(minato, anna, client_of):
    answer = client_of(anna).post(URL, {"class_0": "3"})
    assert answer.status_code == 422
    assert not EventRetention.objects.owned_by(minato).exists()


def test_an_officer_sees_and_may_not_decide(minato, alice, client_of):
    assert client_of(alice).get(URL).status_code == 200
    assert client_of(alice).post(URL, {"class_0": "90"}).status_code == 403


def test_another_ward_decides_nothing_here(minato, charlie, client_of, actor_of):
    assert client_of(charlie).get(URL, {"ward": minato.code}).status_code == 404
    with pytest.raises(PermissionRefused):
        keep_events(actor_of(charlie), ward=minato, days={0: 90})


def test_the_nightly_job_removes_what_is_older_than_its_ward_keeps(
    minato, shinjuku, soc, anna, actor_of, system_actor
):
    store = EventStore()
    for ward in (minato, shinjuku):
        store.append_many([_batch(ward.code, 100), _batch(ward.code, 10)])
    keep_events(actor_of(anna), ward=minato, days={0: 60})
    job = enqueue(system_actor, soc, "soc.store.expire")
    JobWorker().drain()
    job.refresh_from_db()
    assert job.result == {"files": 1, "rows": 1}
    kept = sizes([minato.code, shinjuku.code])
    assert (kept[minato.code][0], kept[shinjuku.code][0]) == (1, 2)


def _batch(ward: str, days_ago: int) -> Batch:
    moment = int((now() - timedelta(days=days_ago)).timestamp() * 1_000_000)
    record = LogRecord(LogSource("windows"), moment, {"EventID": 1}, '{"EventID":1}')
    return Batch(ward, [record], [moment], [event_id(ward, str(days_ago))])
