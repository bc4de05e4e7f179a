"""Everything a body asked or wrote goes out; hidden names stay hidden, secrets of others stay theirs."""

import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from yui.kernel.attachments.keeping import keep_upload
from yui.kernel.policy import PermissionRefused
from yui.organisations.actors import actor_of
from yui.people.commons.commands.export import Command as Export
from yui.people.commons.commands.import_ import Command as Import
from yui.people.commons.models import Post
from yui.people.commons.operations.intake.export_posts import export_posts
from yui.people.commons.operations.moderate import hide_post
from yui.people.commons.operations.posting import attach
from yui.people.commons.tests.exports import message, write_slack


def said(command, *arguments: str) -> str:
    """Return what a command writes."""
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def exported(user, organisation) -> list[dict]:
    target = io.BytesIO()
    export_posts(actor_of(user), organisation=organisation, target=target, as_zip=False)
    return [json.loads(line) for line in target.getvalue().splitlines()][1:]


def test_own_questions_come_whole_and_of_others_only_what_was_written_there(
    member, asker, answerer, ask, answer, minato, shinjuku, administrator
):
    question = ask(asker, body="港区の問い")
    answer(answerer, question, "新宿区の答え")
    (own,) = exported(administrator, minato)
    assert [post["body"] for post in own["posts"]] == ["港区の問い", "新宿区の答え"]
    (elsewhere,) = exported(member("Chief", shinjuku, "administrator"), shinjuku)
    assert (elsewhere["record"], elsewhere["question"]["organisation"]) == ("elsewhere", minato.code)
    assert [post["body"] for post in elsewhere["posts"]] == ["新宿区の答え"]


def test_what_was_hidden_elsewhere_or_is_for_others_only_does_not_leave(
    member, asker, answerer, ask, answer, minato, shinjuku, moderator
):
    question = ask(asker)
    post = answer(answerer, question, "新宿区の答え")
    hide_post(actor_of(moderator), post=post.pk, reason="個人情報")
    ask(asker, title="港区だけ", visibility="own")
    assert exported(member("Chief", shinjuku, "administrator"), shinjuku) == []


def test_files_go_along_under_their_hashes(asker, ask, minato, administrator, tmp_path):
    question = ask(asker)
    post = Post.objects.unscoped("test").get(question=question)
    attach(actor_of(asker), post, [keep_upload(io.BytesIO(b"a,b\n1,2\n"), name="様式.csv")])
    path = tmp_path / "out.zip"
    with path.open("wb") as target:
        done = export_posts(actor_of(administrator), organisation=minato, target=target, as_zip=True)
    with zipfile.ZipFile(path) as archive:
        (line,) = [json.loads(line) for line in archive.read("posts.jsonl").splitlines()][1:]
        (file,) = line["posts"][0]["files"]
        assert archive.read(f"files/{file['sha256']}") == b"a,b\n1,2\n"
    assert (done.records, done.files, done.lost) == (1, 1, ())


def test_only_those_who_look_after_a_body_write_it_out(asker, minato):
    with pytest.raises(PermissionRefused):
        export_posts(actor_of(asker), organisation=minato, target=io.BytesIO(), as_zip=False)


def test_the_commands_take_in_and_write_out(organisations, tmp_path):
    thread = [message(0, "問い", root=0), message(60, "答え", "U2", root=0, reactions=[{"name": "done"}])]
    path = write_slack(tmp_path / "a.zip", {"a/2023-11-14": [*thread, message(9, "ひとこと")]})
    assert json.loads(said(Import(), "slack", str(path), "--solved-reaction", "done", "--json")) == {
        "users": 2,
        "questions": 1,
        "answers": 1,
        "solved": 1,
        "skipped": [
            {
                "what": "#a: 発言1件",
                "why": "返信がない発言です(質問として取り込むには「返信のない発言も」を選びます)",
            }
        ],
    }
    lines = [json.loads(line) for line in said(Export()).splitlines()]
    assert [line["record"] for line in lines] == ["header", "question"]
    said(Export(), "--output", str(tmp_path / "out.zip"))
    assert zipfile.is_zipfile(tmp_path / "out.zip")


def test_a_wrong_code_or_file_is_said_in_a_sentence(organisations, tmp_path):
    with pytest.raises(CommandError, match="999999"):
        said(Export(), "--ward", "999999")
    with pytest.raises(CommandError, match=r"none\.zip"):
        said(Import(), "slack", str(tmp_path / "none.zip"))
