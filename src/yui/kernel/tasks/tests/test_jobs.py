"""A job's life in one process: asked for, run, ended, cancelled, retried."""

import pytest
from django.core.exceptions import PermissionDenied

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor
from yui.kernel.tasks.errors import JobFailed, JobNotCancellable, JobNotRetryable, UnknownJobKind
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.operations import cancel_job, enqueue, retry_job
from yui.kernel.tasks.registry import job
from yui.kernel.tasks.worker import JobWorker

pytestmark = pytest.mark.django_db
seen: list = []


@job("test.count", title="数える")
def count(run, *, upto: int) -> dict:
    for number in range(upto):
        run.progress(number + 1, upto, "数えています")
        run.check_cancelled()
    seen.append((run.actor, run.organisation))
    return {"counted": upto}


@job("test.refuse", title="断る")
def refuse(run) -> None:
    raise JobFailed("3行目の金額を直してください。")


@job("test.crash", title="壊れる")
def crash(run) -> None:
    raise ZeroDivisionError("secret detail")


@pytest.fixture(autouse=True)
def _forget_seen():
    seen.clear()


def reread(job: Job) -> Job:
    return Job.objects.unscoped("test").get(pk=job.pk)


def test_a_job_runs_and_keeps_result_progress_and_actor(alice, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.count", upto=3)
    assert reread(asked).state == JobState.QUEUED
    assert JobWorker().drain() == 1
    done = reread(asked)
    assert (done.state, done.result, done.done, done.total) == (JobState.SUCCEEDED, {"counted": 3}, 3, 3)
    assert done.attempts == 1
    assert done.finished_at >= done.started_at
    assert seen == [(actor_of(alice), minato)]


def test_each_step_is_in_the_ledger(alice, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.count", upto=1)
    JobWorker().drain()
    verbs = list(
        Entry.objects.filter(subject=asked.subject).order_by("sequence").values_list("verb", flat=True)
    )
    assert verbs == ["tasks.job.enqueue", "tasks.job.end_attempt"]


def test_the_actor_has_the_roles_of_the_moment_it_runs(alice, actor_of, minato):
    enqueue(actor_of(alice), minato, "test.count", upto=1)
    JobWorker(actor_now=lambda user_id: Actor.anonymous()).drain()
    assert seen[0][0] == Actor.anonymous()


def test_a_viewer_and_a_stranger_may_not_ask(bob, charlie, actor_of, minato):
    for person in (bob, charlie):
        with pytest.raises(PermissionDenied):
            enqueue(actor_of(person), minato, "test.count", upto=1)
    assert not Job.objects.unscoped("test").exists()


def test_an_unknown_kind_is_refused(alice, actor_of, minato):
    with pytest.raises(UnknownJobKind):
        enqueue(actor_of(alice), minato, "test.nobody")


def test_people_see_their_own_organisations_jobs(alice, bob, charlie, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.count", upto=1)
    assert asked in Job.objects.visible_to(actor_of(bob))
    assert asked not in Job.objects.visible_to(actor_of(charlie))


def test_a_foreseen_fault_is_told_in_its_own_words(alice, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.refuse")
    JobWorker().drain()
    assert (reread(asked).state, reread(asked).error) == (JobState.FAILED, "3行目の金額を直してください。")


def test_an_unforeseen_fault_shows_no_detail(alice, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.crash")
    JobWorker().drain()
    failed = reread(asked)
    assert failed.state == JobState.FAILED
    assert str(asked.pk) in failed.error
    assert "secret" not in failed.error
    assert "ZeroDivision" not in failed.error


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(alice, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.count", upto=1)
    assert cancel_job(actor_of(alice), job=asked).state == JobState.CANCELLED
    JobWorker().drain()
    assert seen == []
    with pytest.raises(JobNotCancellable):
        cancel_job(actor_of(alice), job=asked)


def test_a_running_job_stops_at_its_next_safe_point(alice, actor_of, minato):
    @job("test.cancels_itself", title="取り消される")
    def cancels_itself(run) -> None:
        cancel_job(actor_of(alice), job=Job.objects.unscoped("test").get(pk=run.job_id))
        run.check_cancelled()
        seen.append("went on")

    asked = enqueue(actor_of(alice), minato, "test.cancels_itself")
    JobWorker().drain()
    assert reread(asked).state == JobState.CANCELLED
    assert seen == []


def test_a_failed_job_is_retried_by_whoever_may(alice, bob, anna, actor_of, minato):
    asked = enqueue(actor_of(alice), minato, "test.refuse")
    JobWorker().drain()
    with pytest.raises(PermissionDenied):
        retry_job(actor_of(bob), job=reread(asked))
    again = retry_job(actor_of(anna), job=reread(asked))
    assert (again.state, again.error, again.requested_by_name) == (JobState.QUEUED, "", "Anna")
    with pytest.raises(JobNotRetryable):
        retry_job(actor_of(anna), job=again)
    JobWorker().drain()
    assert reread(asked).attempts == 2


def test_a_stopping_worker_gives_the_job_back_uncounted(alice, actor_of, minato):
    worker = JobWorker()

    @job("test.stops_worker", title="止まる")
    def stops_worker(run) -> None:
        if run.attempt == 1:
            worker.stop()
            run.check_cancelled()

    asked = enqueue(actor_of(alice), minato, "test.stops_worker")
    worker.drain()
    given_back = reread(asked)
    assert (given_back.state, given_back.attempts, given_back.max_attempts) == (JobState.QUEUED, 1, 4)
    JobWorker().drain()
    assert reread(asked).state == JobState.SUCCEEDED


def test_a_job_that_is_queued_twice_runs_once(alice, actor_of, minato):
    from yui.kernel.tasks.queue import put_in_queue

    asked = enqueue(actor_of(alice), minato, "test.count", upto=1)
    put_in_queue(asked)
    JobWorker().drain()
    assert len(seen) == 1
