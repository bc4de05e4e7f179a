"""Rows behind a figure are paged, complete, and limited to the reader's organisations."""

from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.lake.evidence import LakeEvidence
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source
from yui.kernel.lake.tests.test_publication import put

pytestmark = pytest.mark.django_db
EVERYTHING = Reach.everything("a joint figure")


class Column(NamedTuple):
    key: str


class Row(NamedTuple):
    cells: tuple[str, ...]


class Member(NamedTuple):
    organisation_code: str


class Person(NamedTuple):
    memberships: tuple[Member, ...]
    is_system: bool = False


def officer(*codes):
    return Person(tuple(Member(code) for code in codes))


def evidence(dataset):
    return LakeEvidence(
        "SELECT amount, organisation FROM {lake} WHERE amount >= $least ORDER BY amount, organisation",
        Source(dataset, EVERYTHING),
        (Column("amount"), Column("organisation")),
        lambda found: Row(tuple(str(cell) for cell in found)),
        {"least": Decimal(1)},
    )


def test_a_stranger_sees_no_rows_of_another_ward(lake, dataset):
    put(dataset, "1", "2", "0.5")
    put(dataset, "3", code="131041", batch="b2")
    listed = evidence(dataset)
    assert listed.count(officer("131032")) == 2
    assert listed.count(officer("131041")) == 1
    assert {row.cells[1] for row in listed.rows(officer("131041"), 0, 50)} == {"131041"}
    assert listed.count(officer()) == 0
    assert listed.count(Person((), is_system=True)) == 3


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 9))
def test_pages_neither_overlap_nor_leave_gaps(lake, dataset, size):
    put(dataset, *[str(n) for n in range(1, 24)], batch=f"b{size}")
    listed, actor = evidence(dataset), officer("131032")
    count = listed.count(actor)
    found = [row for offset in range(0, count, size) for row in listed.rows(actor, offset, size)]
    assert len(found) == count
    assert [row.cells for row in found] == [row.cells for row in listed.rows(actor, 0, count)]
