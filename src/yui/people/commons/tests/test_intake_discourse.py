"""Discourse topics and the CSV of a person's posts become questions; what is missing is named."""

import csv
import io
import json
import zipfile

import pytest

from yui.kernel.policy import Actor
from yui.people.commons.models import ExternalAuthor, IntakeFormat, Post, Question
from yui.people.commons.operations.intake.take_in import IntakeChoices, take_in
from yui.people.commons.tests.exports import post, topic

SYSTEM = Actor.system("test")
CHOICES = IntakeChoices(IntakeFormat.DISCOURSE)


@pytest.fixture
def take(organisations, tmp_path):
    """A function that writes a ZIP and takes it in."""

    def run(files, choices=CHOICES):
        path = tmp_path / "export.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, value in files.items():
                archive.writestr(name, value if isinstance(value, str | bytes) else json.dumps(value))
        return take_in(
            SYSTEM, organisation=organisations["JB-OFFICE"], path=path, file_name=path.name, choices=choices
        )

    return run


def reasons(intake) -> dict[str, int]:
    return {line["reason"]: line["count"] for line in intake.skipped}


def archive_csv(*rows) -> str:
    """Return a user CSV."""
    text = io.StringIO()
    names = ["topic_title", "categories", "is_pm", "post_raw", "post_cooked", "url", "created_at"]
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(topic, number, text="本文", **more) -> dict[str, str]:
    return {
        "topic_title": f"話題{topic}",
        "is_pm": "No",
        "post_raw": text,
        "url": f"https://forum.example/t/slug/{topic}/{number}",
        "created_at": f"2023-11-{13 + number:02d} 01:00:00 UTC",
        **more,
    }


def test_a_topic_becomes_a_question_and_its_accepted_answer_solves_it(take):
    posts = [
        post(1, "様式は<b>どこ</b>"),
        post(2, "ここ", "taro", accepted_answer=True),
        post(3, "ありがとう"),
    ]
    intake = take({"1.json": topic(7, posts, tags=["Excel", {"name": "様式"}])})
    assert (intake.users, intake.questions, intake.answers, intake.solved) == (2, 1, 2, 1)
    question = Question.objects.unscoped("test").get()
    assert (question.title, question.state, question.solving_post.body) == ("話題7", "solved", "ここ")
    assert {tag.name for tag in question.tags.all()} == {"Excel", "様式"}
    assert Post.objects.unscoped("test").get(kind="question").body == "様式は**どこ**"


def test_pages_of_one_topic_are_one_question_and_missing_posts_are_named(take):
    first = topic(7, [post(1, "問い"), post(2, "答え", "taro")])
    first["post_stream"]["stream"] = [101, 102, 103, 104]
    intake = take({"7.json": first, "7-page2.json": topic(7, [post(3, "追記")])})
    assert (intake.questions, intake.answers) == (1, 2)
    assert reasons(intake) == {"missing_posts": 1}
    assert intake.skipped_count == 0


def test_what_is_not_for_everybody_is_left_out(take):
    posts = [
        post(1, "問い"), post(2, "閉じました", "taro", post_type=3), post(3, "内緒", "taro", post_type=4),
        post(4, "消した", "taro", user_deleted=True), post(5, "機械", "system"),
        post(6, "9999年", "taro", created_at="9999-01-01T00:00:00Z"), {"post_number": "x"},
    ]  # fmt: skip
    for number, one in enumerate(posts):
        one.setdefault("id", 500 + number)
    private = topic(8, [post(1, "秘密"), post(2, "秘密")], archetype="private_message")
    intake = take({"7.json": topic(7, posts), "8.json": private, "readme.txt": "x"})
    assert intake.questions + intake.answers + intake.skipped_count == len(posts) + 2
    found = dict.fromkeys(reasons(intake), 0)
    for line in intake.skipped:
        found[line["reason"]] += line["count"]
    assert found == {
        "system": 1, "private": 3, "deleted": 1, "bot": 1, "bad_time": 1, "bad_shape": 1, "other_file": 1
    }  # fmt: skip
    assert not Post.objects.unscoped("test").filter(body__contains="秘密").exists()


def test_a_second_run_changes_nothing_and_an_edit_is_followed(take):
    take({"7.json": topic(7, [post(1, "問い"), post(2, "答え", "taro")])})
    assert reasons(take({"7.json": topic(7, [post(1, "問い"), post(2, "答え", "taro")])})) == {"known": 2}
    later = post(2, "よい答え", "taro", version=2, updated_at="2023-12-01T00:00:00Z")
    intake = take({"7.json": topic(7, [post(1, "問い"), later])})
    assert reasons(intake) == {"known": 1, "renewed": 1}
    assert Post.objects.unscoped("test").get(kind="answer").body == "よい答え"


def test_a_member_is_found_by_the_name_there(take, member, organisations):
    user = member("Hanako", organisations["JB-OFFICE"], "viewer")
    take({"7.json": topic(7, [post(1, "問い", user.username), post(2, "答え", "taro")])})
    assert Post.objects.unscoped("test").get(kind="question").author == user
    assert ExternalAuthor.objects.unscoped("test").get().name == "Taro"


def test_a_post_that_was_moved_is_not_older_than_its_question(take):
    moved = post(2, "移された", "taro", created_at="2020-01-01T00:00:00Z")
    take({"7.json": topic(7, [post(1, "問い"), moved])})
    question = Question.objects.unscoped("test").get()
    assert question.first_answer_at == question.asked_at


def test_the_csv_of_a_person_opens_questions_and_adds_to_known_ones(take):
    take({"7.json": topic(7, [post(1, "問い")])})
    rows = [
        row(9, 1, "私の質問"),
        row(7, 2, "私の答え"),
        row(7, 1, "問い"),
        row(5, 3),
        row(6, 1, is_pm="Yes"),
    ]
    intake = take({"user_archive.csv": archive_csv(*rows)})
    assert (intake.questions, intake.answers) == (1, 1)
    assert reasons(intake) == {"known": 1, "no_root": 1, "private": 1}


def test_real_topics_add_up(organisations, shared_data):
    folder = shared_data / "people" / "discourse"
    intake = take_in(
        SYSTEM, organisation=organisations["JB-OFFICE"], path=folder, file_name="discourse", choices=CHOICES
    )
    assert (intake.questions, intake.answers, intake.solved, intake.skipped) == (40, 154, 20, [])
