"""How the index follows the records, and what happens when it is gone, locked or broken."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError
from django.utils import timezone

from yui.kernel.events.publish import publish
from yui.kernel.policy import Actor
from yui.kernel.search import SearchSource, readiness, register_index
from yui.kernel.search.changes import mark_dirty, mark_subject
from yui.kernel.search.commands import rebuild as rebuild_command
from yui.kernel.search.commands.rebuild import Command as RebuildCommand
from yui.kernel.search.commands.update import Command as UpdateCommand
from yui.kernel.search.engine.store import BudgetExceeded
from yui.kernel.search.indexing import rebuild, store, update
from yui.kernel.search.models import DirtyDocument
from yui.kernel.search.public import IndexState, search, suggest
from yui.kernel.tasks.models import PeriodicTask

SYSTEM = Actor.system("test")


def titles(text: str) -> set[str]:
    """Titles found for ``text``."""
    return {hit.title for hit in search(SYSTEM, text).hits}


def test_a_marked_record_is_folded_in_by_the_next_search(systems):
    systems.put("a", title="契約 旧")
    rebuild()
    changed = systems.put("a", title="契約 新")
    assert titles("契約") == {"契約 旧"}
    mark_dirty([changed.urn])
    assert titles("契約") == {"契約 新"}
    assert not DirtyDocument.objects.exists()


def test_a_record_that_is_gone_leaves_the_index(systems):
    document = systems.put("a", title="契約")
    rebuild()
    systems.records.clear()
    mark_dirty([document.urn])
    assert update().removed == 1
    assert titles("契約") == set()


def test_while_another_process_writes_changed_records_are_hidden_not_stale(systems):
    document = systems.put("a", title="契約 公開", visibility="public")
    systems.put("b", title="契約 別", visibility="public")
    rebuild()
    systems.put("a", title="契約 公開", visibility="own")
    mark_dirty([document.urn])
    with store().writing():
        results = search(Actor.anonymous(), "契約")
    assert [hit.title for hit in results.hits] == ["契約 別"]
    assert {hit.title for hit in search(Actor.anonymous(), "契約").hits} == {"契約 別"}


def test_many_changes_wait_for_the_update_and_stay_hidden(systems):
    documents = [systems.put(str(n), title=f"契約 {n}") for n in range(60)]
    rebuild()
    mark_dirty([document.urn for document in documents])
    assert titles("契約") == set()
    update()
    assert search(SYSTEM, "契約").total == 60


def test_many_changes_make_the_update_due_at_once(systems):
    due = timezone.now() + timedelta(minutes=5)
    PeriodicTask.objects.update_or_create(kind="search.update", defaults={"next_run": due, "schedule": "x"})
    documents = [systems.put(str(n), title=f"契約 {n}") for n in range(60)]
    rebuild()
    mark_dirty([document.urn for document in documents[:50]])
    search(SYSTEM, "契約")
    assert PeriodicTask.objects.get(kind="search.update").next_run == due
    mark_dirty([document.urn for document in documents])
    search(SYSTEM, "契約")
    assert PeriodicTask.objects.get(kind="search.update").next_run <= timezone.now()


def test_without_a_worker_pages_fold_in_a_few_at_a_time(systems):
    documents = [systems.put(str(n), title=f"契約 {n}") for n in range(120)]
    rebuild()
    mark_dirty([document.urn for document in documents])
    DirtyDocument.objects.update(marked_at=timezone.now() - timedelta(minutes=2))
    assert [search(SYSTEM, "契約").total for _page in range(3)] == [50, 100, 120]


def test_an_update_finds_changes_that_nobody_marked(systems):
    systems.put("a", title="契約")
    rebuild()
    systems.put("b", title="契約 取込")
    update()
    assert titles("契約") == {"契約", "契約 取込"}


def test_a_mark_made_meanwhile_is_kept(systems, monkeypatch):
    document = systems.put("a", title="契約 1")
    rebuild()
    mark_dirty([document.urn])
    real = systems._one

    def marked_again_while_read(identifier):
        result = real(identifier)
        if systems.records["a"][1].title == "契約 1":
            systems.put("a", title="契約 2")
            mark_dirty([document.urn])
        return result

    register_index(SearchSource(systems.kind, "x", systems._documents, marked_again_while_read))
    search(SYSTEM, "契約")
    assert titles("契約") == {"契約 2"}


def test_events_mark_their_subjects(systems, organisations):
    systems.put("7", title="契約")
    for subject in ("yui:registry.system:7", "yui:unknown.thing:1", "not a urn"):
        event = publish(
            kind="registry.system.register",
            organisation=organisations["131032"],
            subject=subject,
            summary="",
            actor_name="",
            data={},
        )
        mark_subject(event)
    assert list(DirtyDocument.objects.values_list("urn", flat=True)) == ["yui:registry.system:7"]


@pytest.mark.django_db(transaction=True)
def test_an_event_reaches_the_index_after_its_commit(transactional_db, systems, minato):
    rebuild()
    document = systems.put("7", title="契約")
    publish(kind="k", organisation=minato, subject=document.urn, summary="", actor_name="", data={})
    assert titles("契約") == {"契約"}


def test_the_index_may_be_deleted_at_any_time(systems):
    systems.put("a", title="契約")
    rebuild()
    shutil.rmtree(store().root)
    assert titles("契約") == {"契約"}
    shutil.rmtree(store().root)
    assert update().is_rebuild
    for file in store().root.rglob("*"):
        if file.is_file():
            file.unlink()
    assert suggest(SYSTEM, "契約")
    assert titles("契約") == {"契約"}


def test_a_damaged_index_never_breaks_a_page_and_is_built_anew(systems):
    systems.put("a", title="契約")
    rebuild()
    store().forget()
    for file in store().root.glob("generation-*/*"):
        file.write_bytes(b"rubbish")
    assert search(SYSTEM, "契約").state in {IndexState.READY, IndexState.UNAVAILABLE}
    suggest(SYSTEM, "契約")
    update()
    assert titles("契約") == {"契約"}


def test_a_source_that_fails_never_breaks_a_page(systems):
    def broken(since):
        raise RuntimeError("the room's table is not there")

    register_index(SearchSource("registry.broken", "x", broken, lambda identifier: None))
    assert search(SYSTEM, "契約").state is IndexState.UNAVAILABLE
    assert suggest(SYSTEM, "契約") == ()


def test_an_index_of_another_format_is_built_anew(systems):
    systems.put("a", title="契約")
    rebuild()
    pointer = store().root / "current.json"
    pointer.write_text(pointer.read_text().replace("format ", "format 0"))
    assert titles("契約") == {"契約"}


def test_a_build_over_its_budget_leaves_the_old_index(systems):
    systems.put("a", title="契約")
    rebuild()
    with pytest.raises(BudgetExceeded):
        rebuild(budget_seconds=0)
    assert titles("契約") == {"契約"}
    assert len(list(store().root.glob("generation-*"))) == 1


def test_an_index_too_large_for_a_page_is_left_to_the_update(systems, monkeypatch):
    systems.put("a", title="契約")
    monkeypatch.setattr(readiness, "_BUILD_AT_ONCE_SECONDS", 0.0)
    assert search(SYSTEM, "契約").state is IndexState.PREPARING
    assert store().is_building_put_off
    assert suggest(SYSTEM, "契約") == ()
    update()
    assert titles("契約") == {"契約"}


def test_a_missing_index_that_another_process_builds_is_in_preparation(systems):
    systems.put("a", title="契約")
    with store().writing():
        assert search(SYSTEM, "契約").state is IndexState.PREPARING


def test_a_rebuild_under_an_open_reader(systems):
    systems.put("a", title="契約")
    rebuild()
    before = store().searcher()
    systems.put("b", title="契約 二")
    rebuild()
    assert before.num_docs == 1
    assert store().searcher().num_docs == 2


def test_a_killed_writer_leaves_no_lock(systems):
    systems.put("a", title="契約")
    rebuild()
    lock = store().root.with_name(f"{store().root.name}.lock")
    code = (
        "import fcntl, sys, time; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(lock)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"held\n"
    document = systems.put("b", title="契約 二")
    mark_dirty([document.urn])
    assert titles("契約") == {"契約"}
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert titles("契約") == {"契約", "契約 二"}


def test_leftovers_of_interrupted_builds_are_removed(systems):
    systems.put("a", title="契約")
    (store().root / "generation-dead").mkdir(parents=True)
    (store().root / "current.dead.new").write_text("")
    rebuild()
    assert {path.name.partition("-")[0] for path in store().root.iterdir()} == {"generation", "current.json"}
    assert len(list(store().root.iterdir())) == 2


def test_commands_say_what_they_did(systems):
    systems.put("a", title="契約")
    out = StringIO()
    RebuildCommand(stdout=out).handle()
    systems.put("b", title="契約")
    UpdateCommand(stdout=out).handle()
    assert "1件" in out.getvalue() and "2件" in out.getvalue()


def test_a_command_beside_a_long_writer_says_so(systems, monkeypatch):
    monkeypatch.setattr(rebuild_command, "rebuild", lambda: rebuild(wait_seconds=0))
    with store().writing(), pytest.raises(CommandError, match="もう一度"):
        RebuildCommand(stdout=StringIO()).handle()


def test_an_address_outside_yui_is_refused(systems):
    for url in ("javascript:alert(1)", "https://example.org/", "//example.org"):
        with pytest.raises(ValueError, match="not a path inside Yui"):
            systems.put("a", url=url)


def test_reading_costs_three_queries(systems, django_assert_max_num_queries):
    systems.put("a", title="契約")
    rebuild()
    search(SYSTEM, "契約")
    with django_assert_max_num_queries(4):
        search(SYSTEM, "契約")
    with django_assert_max_num_queries(2):
        suggest(SYSTEM, "契約")
