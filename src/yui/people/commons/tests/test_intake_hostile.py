"""Broken and hostile exports: the sound rest comes in, everything is accounted for, nothing explodes."""

import json
import stat
import struct
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.kernel.policy import Actor
from yui.people.commons.formats.discourse import DiscourseExport
from yui.people.commons.formats.export_files import ExportUnusable, FileLimits, export_files
from yui.people.commons.formats.imported import LeftOut, Reason
from yui.people.commons.formats.slack import SlackExport
from yui.people.commons.formats.slack_text import markdown_of_slack, title_of_slack
from yui.people.commons.models import CommonsIntake, ExternalAuthor, IntakeFormat, Post, Question, Tag
from yui.people.commons.operations.intake.spool import prepared
from yui.people.commons.operations.intake.take_in import IntakeChoices, take_in
from yui.people.commons.tests.exports import BASE, message, post, stamp, topic, write_slack

LATEST = datetime(2026, 1, 1, tzinfo=UTC)
THREAD = [message(0, "問い", root=0), message(60, "答え", "U2", root=0)]


def read(path: Path, limits: FileLimits | None = None, **choices) -> tuple[list, LeftOut]:
    """Return the threads of a Slack export, and what was left out."""
    with export_files(path, limits) as files:
        export = SlackExport(files, LATEST, **choices)
        return list(export.threads()), export.left_out


def counts(left_out: LeftOut) -> dict[Reason, int]:
    found: Counter[Reason] = Counter()
    for (_place, reason), count in left_out.counts.items():
        found[reason] += count
    return dict(found)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'[{"ts": ', Reason.NOT_JSON),
        (b'{"messages": []}', Reason.NOT_JSON),
        (b"[" * 10_000 + b"]" * 10_000, Reason.TOO_DEEP),
        (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, Reason.TOO_DEEP),
        (b'["\xfd\xfe\x81"]', Reason.ENCODING),
    ],
)
def test_a_day_that_cannot_be_read_is_named_and_the_others_come_in(tmp_path, content, reason):
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-13": content, "a/2023-11-14": THREAD})
    threads, left_out = read(path)
    assert [thread.messages for thread in threads] == [2]
    assert counts(left_out) == {reason: 1}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp932"])
def test_other_encodings_are_read(tmp_path, encoding):
    content = json.dumps(THREAD, ensure_ascii=False).encode(encoding)
    threads, _left_out = read(write_slack(tmp_path / "a.zip", {"a/2023-11-14": content}))
    assert threads[0].opening.body == "問い"


def test_half_characters_and_overrides_do_not_reach_the_database(tmp_path):
    text = json.dumps([message(0, "\ud800壊\u202e", root=0), THREAD[1]]).encode()
    threads, left_out = read(write_slack(tmp_path / "a.zip", {"a/2023-11-14": text}))
    assert prepared(threads[0], left_out, LATEST).opening.body == "\ufffd壊"


@pytest.mark.parametrize("name", ["../evil/2023-11-14.json", "/etc/2023-11-14.json", "C:/a/2023-11-14.json"])
def test_names_that_lead_outside_are_not_opened(tmp_path, name):
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-14": THREAD})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, json.dumps(THREAD))
    threads, left_out = read(path)
    assert len(threads) == 1
    assert counts(left_out) == {Reason.UNSAFE_NAME: 1}


def test_links_are_not_followed(tmp_path):
    folder = tmp_path / "export"
    (folder / "a").mkdir(parents=True)
    (folder / "channels.json").write_text(json.dumps([{"id": "C0", "name": "a"}]))
    (folder / "a" / "2023-11-14.json").write_text(json.dumps(THREAD))
    (tmp_path / "secret.json").write_text(
        json.dumps([message(9, "秘密", root=9), message(10, "秘密", root=9)])
    )
    (folder / "a" / "2023-11-15.json").symlink_to(tmp_path / "secret.json")
    threads, left_out = read(folder)
    assert [thread.opening.body for thread in threads] == ["問い"]
    assert counts(left_out) == {Reason.UNSAFE_NAME: 1}
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-14": THREAD})
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("a/2023-11-16.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    assert counts(read(path)[1]) == {Reason.UNSAFE_NAME: 1}


def test_a_bomb_is_not_expanded(tmp_path):
    content = b"[" + b'"x",' * 500_000 + b'"x"]'
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-13": content, "a/2023-11-14": THREAD})
    for limits, reason in (
        (FileLimits(file_bytes=1 << 20), Reason.TOO_LARGE),
        (FileLimits(ratio=100, ratio_floor=1 << 20), Reason.EXPANDS),
    ):
        threads, left_out = read(path, limits)
        assert len(threads) == 1
        assert counts(left_out) == {reason: 1}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10, b"hello", b"\x1f\x8b"])
def test_what_is_no_export_is_refused_with_a_sentence(tmp_path, content):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(ExportUnusable):
        read(path)


def test_a_directory_beyond_memory_is_refused_before_it_is_read(tmp_path):
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-14": THREAD})
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.rfind(b"PK\x05\x06") + 12, 1 << 30)
    path.write_bytes(content)
    with pytest.raises(ExportUnusable):
        read(path)


def test_nothing_is_kept_that_a_database_refuses(organisations, tmp_path):
    posts = [post(1, "問い", "a\0b", user_id=None), post(2, "答え\0", "taro"), {"post_number": "\0"}]
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "7.json").write_text(json.dumps(topic(7, posts[:2], tags=["\0印刷"])))
    (folder / "8.json").write_text(json.dumps(topic(8, [{**posts[2], "id": 1}])))
    (folder / b"\xff.txt".decode("utf-8", "surrogateescape")).write_text("")
    intake = take_in(
        Actor.system("test"),
        organisation=organisations["JB-OFFICE"],
        path=folder,
        file_name="\0a.zip",
        choices=IntakeChoices(IntakeFormat.DISCOURSE),
    )
    kept = [ExternalAuthor, Post, CommonsIntake]
    rows = [
        *(row for model in kept for row in model.objects.unscoped("test").values_list()),
        *Tag.objects.values_list(),
    ]
    assert intake.questions == 1
    assert "\\x00" not in repr(rows)
    assert repr(rows).isprintable()


def test_a_fault_while_writing_leaves_nothing(tmp_path, organisations):
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-14": THREAD})

    def stop_at_the_end(_done: int) -> None:
        if Question.objects.unscoped("test").exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(
            Actor.system("test"),
            organisation=organisations["JB-OFFICE"],
            path=path,
            file_name="a.zip",
            choices=IntakeChoices(IntakeFormat.SLACK),
            progress=stop_at_the_end,
        )
    assert not Question.objects.unscoped("test").exists()
    assert not CommonsIntake.objects.unscoped("test").exists()


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)
stamps = (
    st.integers(0, 30).map(stamp) | st.sampled_from(["1.000001", "253402300799.000001", "x", "٣.١"]) | scalars
)
messages = values | st.fixed_dictionaries(
    {"type": st.just("message") | scalars, "user": st.sampled_from(["U1", "U2", "U9", "B1"]) | scalars},
    optional={
        "text": st.text(max_size=60) | values, "ts": stamps, "thread_ts": stamps, "files": values,
        "subtype": st.sampled_from(["bot_message", "channel_join", "me_message"]) | values,
        "reactions": values | st.just([{"name": "white_check_mark"}]), "edited": values,
        "attachments": values,
    },
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.lists(messages, max_size=8), max_size=4), st.booleans(), values)
def test_every_message_is_taken_or_left_out_with_a_reason(days, all_messages, people):
    with TemporaryDirectory() as folder:
        files = {f"a/2023-11-{10 + number}": json.dumps(day).encode() for number, day in enumerate(days)}
        path = write_slack(Path(folder, "a.zip"), files, people=people, channels=[{"id": "C0", "name": "a"}])
        threads, left_out = read(path, all_messages=all_messages)
        kept = [prepared(thread, left_out, LATEST) for thread in threads]
    assert sum(thread.messages for thread in kept) + left_out.messages == sum(map(len, days))


@settings(max_examples=60)
@given(values, values)
def test_no_topic_breaks_the_reading(stream, more):
    with TemporaryDirectory() as folder:
        record = {
            "id": 7,
            "title": more,
            "post_stream": stream if isinstance(stream, dict) else {"posts": stream},
        }
        Path(folder, "7.json").write_text(json.dumps(record))
        with export_files(Path(folder)) as files:
            export = DiscourseExport(files, LATEST)
            posts = record["post_stream"].get("posts")
            try:
                taken = sum(thread.messages for thread in export.threads())
            except ExportUnusable:
                assert not isinstance(posts, list)
                return
        assert taken + export.left_out.messages == len(posts)


@settings(max_examples=100)
@given(st.text(alphabet="*_~`<>|&;@#!^[]()\\ abあ\n0", max_size=80) | st.text(max_size=80))
def test_any_text_becomes_markdown_and_a_title(text):
    assert "\ue000" not in markdown_of_slack(text, {})
    assert "\n" not in title_of_slack(text, {})


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*太字* _斜体_ ~消す~", "**太字** *斜体* ~~消す~~"),
        ("snake_case 2*3*4", "snake_case 2\\*3\\*4"),
        ("`a_b*c*` &lt;b&gt;", "`a_b*c*` \\<b>"),
        ("```\n<http://x.jp|x.jp> &amp;\n```", "```\nx.jp &\n```"),
        ("&gt; 引用\n<#C1|general> <!here>", "> 引用\n#general @here"),
        ("<javascript:alert(1)|押す>", "押す"),
        ("<https://a.jp/?a=1&amp;b=(2)|資料[1]>", "[資料\\[1\\]](<https://a.jp/?a=1&b=(2)>)"),
        ("# 見出しではない", "\\# 見出しではない"),
        (f"<@U1> と <@U{BASE}>", f"@花子 と @U{BASE}"),
    ],
)
def test_slack_signs_become_markdown(text, markdown):
    assert markdown_of_slack(text, {"U1": "花子"}) == markdown
