"""Comparing two versions of a text."""

from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.writing import DifferenceKind, differences
from yui.kernel.writing.differences import MOST_EDITS

TEXTS = st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=12).map("\n".join)


def test_a_changed_line_is_removed_and_added():
    lines = differences("題\n古い\n終", "題\n新しい\n終\n追伸")
    assert [(line.kind.value, line.text, line.before, line.after) for line in lines] == [
        ("same", "題", 1, 1),
        ("removed", "古い", 2, None),
        ("added", "新しい", None, 2),
        ("same", "終", 3, 3),
        ("added", "追伸", None, 4),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_comparison(before, after):
    lines = differences(before, after)
    assert [line.text for line in lines if line.kind is not DifferenceKind.ADDED] == before.splitlines()
    assert [line.text for line in lines if line.kind is not DifferenceKind.REMOVED] == after.splitlines()


def longest_common(one: list[str], other: list[str]) -> int:
    """The length of the longest common subsequence, by the table of every textbook."""
    row = [0] * (len(other) + 1)
    for left in one:
        previous = row[:]
        for place, right in enumerate(other, start=1):
            row[place] = previous[place - 1] + 1 if left == right else max(previous[place], row[place - 1])
    return row[-1]


@given(TEXTS, TEXTS)
def test_as_many_lines_stay_as_can(before, after):
    same = sum(line.kind is DifferenceKind.SAME for line in differences(before, after))
    assert same == longest_common(before.splitlines(), after.splitlines())


def test_two_quite_different_texts_are_shown_one_after_the_other():
    old = "\n".join(f"a{n}" for n in range(MOST_EDITS))
    new = "\n".join(f"b{n}" for n in range(MOST_EDITS))
    kinds = [line.kind for line in differences(old, new)]
    assert kinds == [DifferenceKind.REMOVED] * MOST_EDITS + [DifferenceKind.ADDED] * MOST_EDITS
