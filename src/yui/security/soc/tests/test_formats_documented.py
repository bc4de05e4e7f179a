"""What docs/log-formats.md says is what the readers do."""

from pathlib import Path

import pytest

from yui.security.soc.engine.ocsf.tables import VERSION, tables
from yui.security.soc.formats.limits import DEFAULT_LIMITS
from yui.security.soc.formats.rejecting import REASONS, rejected

PAGE = (Path(__file__).parents[5] / "docs" / "log-formats.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_is_explained_in_both_languages(reason):
    assert f"`{reason}`" in PAGE
    item = rejected("file:1", reason, b"\xff" * 10_000, why="a {brace}", limit=5)
    japanese, _, english = item.detail.partition(" / ")
    assert not japanese.isascii()
    assert english.isascii() or "…" in english
    assert len(item.sample) == 2_000


def test_the_limits_are_those_that_the_page_names():
    assert (DEFAULT_LIMITS.record_bytes, DEFAULT_LIMITS.nesting, DEFAULT_LIMITS.fields) == (
        1 << 20,
        32,
        2_000,
    )
    assert (DEFAULT_LIMITS.archive_depth, DEFAULT_LIMITS.members, DEFAULT_LIMITS.expansion) == (
        3,
        200_000,
        250,
    )


def test_every_class_that_the_tables_give_is_named():
    classes = {
        plan.event_class.uid
        for table in tables().values()
        for plans in (*table.plans.values(), table.otherwise)
        for plan in plans
    }
    assert all(str(number) in PAGE for number in classes)
    assert f"OCSF {VERSION}" in PAGE
