"""Practices written out and taken in again, and files that are not what they should be."""

import json
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.policy import PermissionRefused
from yui.people.practices.commands import export, import_
from yui.people.practices.formats.practice_file import FORMAT, PracticeFileError, read_practices
from yui.people.practices.models import Practice, PracticeState
from yui.people.practices.operations.practices import export_practices, import_practices
from yui.people.practices.operations.practices.facts import WordingFacts
from yui.people.practices.tests.practice_records import drafted, published

WHOLE = {
    "id": 7,
    "kind": "success",
    "licence": "cc0",
    "contact": "代表",
    "area_codes": ["01", "99"],
    "versions": [
        {
            "title": "題",
            "problem": "課題",
            "effects": [
                {
                    "name": "時間",
                    "unit": "hours_per_year",
                    "before": "9",
                    "after": "4.5",
                    "grade": "estimated",
                }
            ],
        }
    ],
}


def filed(*practices):
    return json.dumps({"format": FORMAT, "organisation": "131016", "practices": list(practices)}).encode()


@pytest.mark.django_db
def test_what_is_written_out_is_taken_in_as_drafts_and_once(
    bob, charlie, actor_of, system_actor, minato, shinjuku
):
    first = published(actor_of(bob), minato, actor_of(charlie), areas=frozenset())
    drafted(actor_of(bob), minato, title="二つ目")
    content = json.dumps(export_practices(system_actor, ward=minato)).encode()
    taken = import_practices(system_actor, ward=shinjuku, content=content)
    assert (taken.drafted, taken.known, taken.refused) == (2, 0, ())
    again = import_practices(system_actor, ward=shinjuku, content=content)
    assert (again.drafted, again.known) == (0, 2)
    copies = Practice.objects.owned_by(shinjuku).order_by("pk")
    assert {copy.state for copy in copies} == {PracticeState.DRAFT}
    copy = copies.get(title=first.title)
    mine = WordingFacts.of(copy.versions.unscoped("test").get())
    theirs = WordingFacts.of(first.current)
    assert mine.values() == theirs.values()
    assert [effect.before for effect in mine.effects] == [effect.before for effect in theirs.effects]


@pytest.mark.django_db
def test_a_wrong_practice_is_refused_with_its_place_and_the_others_are_taken(system_actor, minato):
    numbered = WHOLE | {"id": 8, "versions": [{"title": "個人番号 123456789018"}]}
    nameless = WHOLE | {"id": 9, "versions": [{"title": " "}]}
    unknown = WHOLE | {"id": 10, "kind": "so-so"}
    taken = import_practices(
        system_actor, ward=minato, content=filed(WHOLE, numbered, nameless, unknown, "何か", WHOLE)
    )
    assert (taken.drafted, taken.known) == (1, 1)
    assert [each.place for each in taken.refused] == [
        "$.practices[1]",
        "$.practices[2].versions[0].title",
        "$.practices[3]",
        "$.practices[4].versions",
    ]
    assert "123456789018" not in str(taken.refused)
    assert taken.as_dict()["total"] == 6
    kept = Practice.objects.owned_by(minato).get()
    assert [area.code for area in kept.areas.all()] == ["01"]


@pytest.mark.django_db
def test_who_may_only_read_takes_nothing_in(bob, actor_of, minato):
    with pytest.raises(PermissionRefused):
        import_practices(actor_of(bob), ward=minato, content=filed(WHOLE))


@pytest.mark.parametrize(
    ("content", "place", "wrong"),
    [
        (b"\xff\xfe", "$", "no_json"),
        (b"[" * 100_000, "$", "no_json"),
        (b'{"format": "other"}', "$.format", "other_format"),
        (b"[]", "$.format", "other_format"),
        (json.dumps({"format": FORMAT, "practices": {}}).encode(), "$.practices", "no_list"),
    ],
)
def test_a_file_that_is_none_says_where(content, place, wrong):
    with pytest.raises(PracticeFileError) as refused:
        read_practices(content)
    assert (refused.value.place, refused.value.wrong) == (place, wrong)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"title": "x" * 121}, "too_long"),
        ({"title": "half \ud800"}, "no_text"),
        ({"problem": "nul \x00"}, "no_text"),
        ({"initial_yen": "1"}, "no_whole_number"),
        ({"started_on": "yesterday"}, "no_date"),
        ({"effects": [{"before": "NaN"}]}, "no_number"),
        ({"effects": ["x"]}, "no_object"),
    ],
)
def test_each_field_is_read_without_trust(change, wrong):
    version = WHOLE["versions"][0] | change
    (found,) = read_practices(filed(WHOLE | {"versions": [version]}))
    assert isinstance(found, PracticeFileError) and found.wrong == wrong


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from([*WHOLE]), json_values, json_values)
def test_whatever_stands_in_a_file_is_read_or_refused(name, one, two):
    content = json.dumps(
        {
            "format": FORMAT,
            "organisation": "131016",
            "practices": [WHOLE | {name: one}, two, {"versions": [two]}],
        }
    ).encode()
    assert len(read_practices(content)) == 3


@pytest.mark.django_db
def test_the_commands_write_and_read(bob, actor_of, minato, shinjuku, tmp_path):
    drafted(actor_of(bob), minato)
    file, said = tmp_path / "practices.json", StringIO()
    export.Command(stdout=StringIO()).handle(ward="131032", out=file)
    import_.Command(stdout=said).handle(path=file, ward="131041", as_json=True)
    assert json.loads(said.getvalue())["drafted"] == 1
