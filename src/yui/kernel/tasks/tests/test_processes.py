"""Workers as real processes: killed, stopped, several at once."""

import signal
from datetime import timedelta

import pytest

from yui.kernel.tasks.tests.installation import Installation, prepared, until

ASK = """
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.operations import enqueue
ward = Organisation.objects.get(code="131032")
job = enqueue(Actor.system("test"), ward, "test.slow", notes={notes!r}, seconds={seconds})
print(json.dumps(job.pk))
"""


@pytest.fixture
def installation(migrated_database, tmp_path):
    made, _sessions = prepared(tmp_path / "home", migrated_database)
    yield made
    made.end()


def attempts_noted(installation: Installation) -> list[str]:
    notes = installation.home / "notes"
    return notes.read_text().split() if notes.exists() else []


def ask(installation: Installation, seconds: float) -> int:
    return installation.run(ASK.format(notes=str(installation.home / "notes"), seconds=seconds), jobs=True)


def state(installation: Installation, pk: int) -> tuple:
    return installation.query(f"SELECT state, attempts, result FROM tasks_job WHERE id = {pk}")[0]


def test_a_job_whose_worker_is_killed_is_started_again_and_done_once(installation):
    pk = ask(installation, seconds=600)
    first = installation.start_worker()
    until(lambda: attempts_noted(installation) == ["1"], "the first attempt")
    first.send_signal(signal.SIGKILL)
    first.wait()
    installation.start_worker()
    until(lambda: attempts_noted(installation) == ["1", "2"], "the second attempt")
    until(lambda: state(installation, pk)[0] == "succeeded", "the end")
    assert state(installation, pk) == ("succeeded", 2, '{"attempt": 2}')


def test_a_stopped_worker_gives_its_job_back_at_once(installation):
    pk = ask(installation, seconds=600)
    worker = installation.start(["-m", "yui.kernel.tasks.tests.stoppable_worker"])
    until(lambda: attempts_noted(installation) == ["1"], "the first attempt")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0
    assert state(installation, pk)[:2] == ("queued", 1)


def test_two_workers_run_a_due_time_once(installation):
    installation.run(
        """
        from yui.kernel.calendar_jp import now
        from yui.kernel.tasks.models import PeriodicTask
        from yui.kernel.tasks.timetable import update_timetable
        update_timetable()
        from datetime import timedelta
        due = now() - timedelta(minutes=90)
        PeriodicTask.objects.exclude(kind="test.tick").delete()
        PeriodicTask.objects.filter(kind="test.tick").update(next_run=due)
        """,
        jobs=True,
    )
    for _ in range(2):
        installation.start_worker()
    ticks = installation.home / "ticks"
    until(ticks.exists, "the periodic job")
    until(lambda: len(list((installation.home / "pulse").glob("worker-*.json"))) == 2, "both workers")
    assert installation.query("SELECT count(*) FROM tasks_job WHERE kind = 'test.tick'") == [(1,)]
    assert ticks.read_text() == "tick\n"


def test_the_timetable_waits_for_its_time(db, minato):
    from yui.kernel.calendar_jp import now
    from yui.kernel.tasks.models import Job, PeriodicTask
    from yui.kernel.tasks.registry import periodic
    from yui.kernel.tasks.timetable import queue_due_work, update_timetable

    @periodic("test.nightly", title="夜の処理", daily_at="02:30")
    def nightly(run) -> None: ...

    update_timetable()
    PeriodicTask.objects.exclude(kind="test.nightly").update(enabled=False)
    task = PeriodicTask.objects.get(kind="test.nightly")
    assert task.next_run > now()
    assert queue_due_work(task.next_run - timedelta(seconds=1)) == 0
    assert queue_due_work(task.next_run) == 1
    assert queue_due_work(task.next_run) == 0
    kept = Job.objects.unscoped("test").get(kind="test.nightly")
    assert kept.requested_by_name == "system:timetable"
    task.refresh_from_db()
    assert task.last_run is not None
    PeriodicTask.objects.filter(pk=task.pk).update(enabled=False)
    assert queue_due_work(task.next_run + timedelta(days=3)) == 0
