"""One file: read, checked, applied whole or not at all, once."""

import io

import pytest
from django.db import OperationalError

from yui.kernel.exchange import errors
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.operations import apply_run, cancel_run, hand_over, preview_run, upload_file
from yui.kernel.exchange.storage import path_of
from yui.kernel.exchange.tests.bodies import BODIES, GOOD, MIXED
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.kernel.tasks.errors import JobCancelled
from yui.kernel.tasks.worker import JobWorker

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(actor_of, alice):
    return actor_of(alice)


def test_a_good_file_goes_all_the_way_and_adds_up(sent, officer, bodies_count):
    run = preview_run(officer, sent(GOOD).pk)
    assert (run.state, run.rows_read, run.rows_rejected) == (RunState.PREVIEWED, 3, 0)
    assert bodies_count() == 0
    run = apply_run(officer, run.pk)
    assert run.state == RunState.APPLIED
    assert run.rows_read == 3 == run.rows_accepted + run.rows_unchanged + run.rows_rejected
    assert bodies_count() == 3
    verbs = set(Entry.objects.filter(subject=run.urn).values_list("verb", flat=True))
    assert verbs == {f"exchange.run.{verb}" for verb in ("upload", "preview", "start", "apply")}


def test_errors_stand_in_their_place_with_a_remedy(sent, officer):
    run = preview_run(officer, sent(MIXED).pk)
    assert (run.rows_read, run.rows_rejected) == (5, 3)
    lines = {(line["row"], line["column"]): line for line in run.error_lines()}
    assert set(lines) == {
        (3, "団体コード"),
        (3, "市制施行日"),
        (3, "予算額"),
        (3, "区分"),
        (3, "参加"),
        (6, "団体コード"),
        (7, "名称"),
    }
    assert "検査数字" in lines[3, "団体コード"]["message"]
    assert "2行目" in lines[6, "団体コード"]["message"]
    assert all(line["remedy"] for line in lines.values())
    assert run.unknown_columns == ["備考"]


def test_rows_with_errors_are_left_out_only_when_asked(sent, officer, bodies_count):
    run = preview_run(officer, sent(MIXED).pk)
    with pytest.raises(errors.RowsHaveErrors):
        apply_run(officer, run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert bodies_count() == 0
    run = apply_run(officer, run.pk, skip_errors=True)
    assert (run.rows_read, run.rows_accepted, run.rows_rejected) == (5, 2, 3)
    assert bodies_count() == 2


def test_the_same_file_is_applied_once(sent, officer, bodies_count):
    first = apply_run(officer, sent(GOOD).pk)
    second = sent(GOOD, name="別名.csv")
    with pytest.raises(errors.AlreadyApplied) as refusal:
        apply_run(officer, second.pk)
    assert refusal.value.run_id == first.pk
    assert "取り込み済み" in str(refusal.value)
    assert bodies_count() == 3
    assert apply_run(officer, first.pk).finished_at == first.finished_at


def test_another_organisation_may_send_the_same_file(sent, officer, actor_of, charlie, shinjuku):
    apply_run(officer, sent(GOOD).pk)
    run = apply_run(actor_of(charlie), sent(GOOD, user=charlie, organisation=shinjuku).pk)
    assert (run.rows_accepted, run.rows_unchanged) == (0, 3)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("名称,備考\n八王子市,x\n".encode(), "団体コード"),
        ("団体コード,コード,名称\n132012,132012,八王子市\n".encode(), "二つ"),
        (b"%PDF-1.7", "表のファイルではありません"),
        ("名称\n八王子市\n".encode("cp932") + b"\xff\xff\xa0\n", "文字"),
    ],
)
def test_a_refused_file_says_why(sent, officer, data, words):
    run = preview_run(officer, sent(data).pk)
    assert run.state == RunState.FAILED
    assert words in run.failure_text["message"]
    assert run.failure_text["remedy"]


def test_a_failing_importer_leaves_nothing(sent, officer, bodies_count, monkeypatch):
    original = BODIES.apply

    def break_off(actor, rows, context):
        original(actor, list(rows)[:2], context)
        raise OperationalError("server closed the connection unexpectedly")

    run = sent(GOOD)
    with monkeypatch.context() as patch:
        patch.setitem(BODIES.__dict__, "apply", break_off)
        with pytest.raises(errors.DatabaseUnavailable):
            apply_run(officer, run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "接続" in run.failure_text["message"]
    assert bodies_count() == 0
    assert apply_run(officer, run.pk).rows_accepted == 3


def test_an_importer_that_miscounts_is_rolled_back(sent, officer, bodies_count, monkeypatch):
    original = BODIES.apply
    monkeypatch.setitem(
        BODIES.__dict__, "apply", lambda actor, rows, context: original(actor, list(rows)[:2], context)
    )
    with pytest.raises(errors.ExchangeError):
        apply_run(officer, sent(GOOD).pk)
    assert bodies_count() == 0


def test_a_stopped_import_waits_again(sent, officer, bodies_count):
    def stop(done, total):
        raise JobCancelled

    run = preview_run(officer, sent(GOOD).pk)
    with pytest.raises(JobCancelled):
        apply_run(officer, run.pk, stop)
    run.refresh_from_db()
    assert run.state == RunState.PREVIEWED
    assert bodies_count() == 0


def test_a_changed_or_lost_file_is_not_applied(sent, officer, bodies_count):
    run = sent(GOOD)
    path_of(run.sha256).write_bytes(GOOD.replace(b"132012", b"132047"))
    with pytest.raises(errors.StorageLost):
        apply_run(officer, run.pk)
    path_of(run.sha256).unlink()
    with pytest.raises(errors.StorageLost):
        apply_run(officer, run.pk)
    assert bodies_count() == 0


def test_a_cancelled_run_stays_cancelled(sent, officer, bodies_count):
    run = cancel_run(officer, run=sent(GOOD))
    for verb in (apply_run, preview_run):
        with pytest.raises(errors.WrongState):
            verb(officer, run.pk)
    with pytest.raises(errors.WrongState):
        cancel_run(officer, run=run)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_strangers_and_viewers_cannot(sent, actor_of, bob, charlie, minato, bodies):
    run = sent(GOOD)
    with pytest.raises(ImportRun.DoesNotExist):
        apply_run(actor_of(charlie), run.pk)
    with pytest.raises(PermissionRefused):
        apply_run(actor_of(bob), run.pk)
    with pytest.raises(PermissionRefused):
        cancel_run(actor_of(charlie), run=run)
    for person in (bob, charlie):
        with pytest.raises(PermissionRefused):
            upload_file(
                actor_of(person),
                organisation=minato,
                importer="tests.bodies",
                source=io.BytesIO(GOOD),
                name="x",
            )


@pytest.mark.django_db(transaction=True)
def test_a_worker_applies_a_large_file(sent, officer, bodies_count, actor_of):
    run = sent(GOOD)
    hand_over(officer, run=run, kind="exchange.preview")
    JobWorker().drain()
    run.refresh_from_db()
    assert run.state == RunState.PREVIEWED
    hand_over(officer, run=run, kind="exchange.apply")
    run.refresh_from_db()
    assert run.state == RunState.APPLYING
    JobWorker().drain()
    run.refresh_from_db()
    assert (run.state, run.rows_accepted) == (RunState.APPLIED, 3)
    assert bodies_count() == 3
