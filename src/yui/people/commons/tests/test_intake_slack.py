"""Slack exports: threads become questions, what cannot is counted with its reason, a second run is quiet."""

import json

import pytest

from yui.kernel.events.models import Event
from yui.kernel.ledger.models import Entry
from yui.kernel.notices.models import Notice
from yui.kernel.policy import Actor, PermissionRefused
from yui.kernel.scope.models import Organisation
from yui.organisations.actors import actor_of
from yui.people.commons.models import (
    ExternalAuthor,
    IntakeFormat,
    Post,
    PostLink,
    PostRevision,
    Question,
    QuestionStep,
    SolvedBy,
)
from yui.people.commons.operations.edit_post import edit_post
from yui.people.commons.operations.intake.take_in import IntakeChoices, take_in
from yui.people.commons.operations.reopen_question import reopen_question
from yui.people.commons.tests.exports import message, person, stamp, write_slack

SYSTEM = Actor.system("test")
THREAD = [
    message(0, "印刷が *できません*。どこを見ますか", root=0, reply_count=2),
    message(60, "<@U1> トレイ2です <https://example.jp/a?x=1&amp;y=2|手順>", "U2", root=0),
    message(120, "できました", root=0, reactions=[{"name": "white_check_mark", "count": 1, "users": ["U1"]}]),
]


@pytest.fixture
def office(organisations) -> Organisation:
    return organisations["JB-OFFICE"]


@pytest.fixture
def take(office, tmp_path):
    """A function that writes a Slack export and takes it in."""

    def run(days, *, actor=SYSTEM, body=office, choices=None, **more):
        path = write_slack(tmp_path / "export.zip", days, **more)
        given = choices or IntakeChoices(IntakeFormat.SLACK)
        return take_in(actor, organisation=body, path=path, file_name=path.name, choices=given)

    return run


def reasons(intake) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in intake.skipped:
        found[line["reason"]] = found.get(line["reason"], 0) + line["count"]
    return found


def everything() -> list:
    """All that an intake may change, as values."""
    return [
        sorted(model.objects.unscoped("test").values_list())
        for model in (Question, Post, PostRevision, PostLink, QuestionStep, ExternalAuthor)
    ]


def test_a_thread_becomes_a_question_with_its_times_and_its_solution(take):
    intake = take({"general/2023-11-14": THREAD[:2], "general/2023-11-15": THREAD[2:]})
    assert (intake.users, intake.questions, intake.answers, intake.solved) == (2, 1, 2, 1)
    assert intake.skipped == []
    question = Question.objects.unscoped("test").get()
    assert question.title == "印刷が できません。どこを見ますか"
    assert question.source_key == f"slack:C0:{stamp(0)}"
    assert (question.visibility, question.state, question.solved_by) == ("wards", "solved", SolvedBy.ANSWER)
    assert question.solving_post.body == "できました"
    assert question.solved_at == question.last_activity_at == question.solving_post.posted_at
    assert [tag.name for tag in question.tags.all()] == ["general"]
    assert question.first_answer_at.timestamp() == pytest.approx(1_700_000_060, abs=1)
    bodies = [post.body for post in Post.objects.unscoped("test").filter(question=question)]
    assert bodies == [
        "印刷が **できません**。どこを見ますか",
        "@Hanako トレイ2です [手順](<https://example.jp/a?x=1&y=2>)",
        "できました",
    ]
    steps = QuestionStep.objects.unscoped("test").filter(question=question)
    assert [step.state for step in steps] == ["open", "solved"]


def test_a_mark_on_the_question_means_that_the_asker_solved_it(take):
    marked = message(0, "解けた", root=0, reactions=[{"name": "tada"}, {"name": "done"}])
    choices = IntakeChoices(IntakeFormat.SLACK, solved_reactions=("done",))
    take({"a/2023-11-14": [marked, *THREAD[1:]]}, choices=choices)
    question = Question.objects.unscoped("test").get()
    assert (question.solved_by, question.solving_post) == (SolvedBy.ASKER, None)


def test_what_is_no_thread_is_left_out_with_its_reason_and_counted(take):
    others = [
        message(1, "ひとこと"),
        message(2, "<@U1> さんが参加しました", subtype="channel_join"),
        message(3, "定時のお知らせ", "U2", subtype="bot_message"),
        message(4, "返信だけ", "U2", root=-500),
        message(5, "", root=0),
        {"type": "message", "user": "U1", "text": "数字", "ts": 1_700_000_000.5},
        message(60, "同じ番号", "U2", root=0),
        message(-1_700_000_000 + 5, "1970年"),
        "文字だけ",
    ]
    days = {
        "general/2023-11-14": [*THREAD, *others],
        "D0AB/2023-11-14": [message(9, "秘密"), message(10, "秘密")],
    }
    intake = take(days, channels=[{"id": "C0", "name": "general"}], **{"dms.json": [{"id": "D0AB"}]})
    assert reasons(intake) == {
        "private": 2, "no_replies": 1, "system": 1, "bot": 1, "no_root": 1, "no_text": 1, "bad_shape": 2,
        "duplicate": 1, "bad_time": 1,
    }  # fmt: skip
    assert intake.questions + intake.answers + intake.skipped_count == 3 + len(others) + 2
    assert not Post.objects.unscoped("test").filter(body__contains="秘密").exists()


def test_messages_without_replies_become_questions_when_asked_for(take):
    choices = IntakeChoices(IntakeFormat.SLACK, all_messages=True)
    intake = take({"a/2023-11-14": [message(1, "ひとこと")]}, choices=choices)
    assert (intake.questions, intake.answers) == (1, 0)


def test_a_second_run_changes_nothing(take):
    days = {"general/2023-11-14": THREAD}
    take(days)
    before = everything()
    intake = take(days)
    assert everything() == before
    assert (intake.questions, intake.answers, intake.users) == (0, 0, 0)
    assert reasons(intake) == {"known": 3}


def test_a_later_export_adds_replies_edits_and_the_solution(take):
    take({"general/2023-11-14": THREAD[:2]})
    edited = message(60, "トレイ3でした", "U2", root=0, edited={"ts": stamp(90), "user": "U2"})
    intake = take({"general/2023-11-14": [THREAD[0], edited], "general/2023-11-15": THREAD[2:]})
    assert (intake.questions, intake.answers, intake.solved) == (0, 1, 1)
    assert reasons(intake) == {"known": 1, "renewed": 1}
    question = Question.objects.unscoped("test").get()
    assert (question.answer_count, question.state) == (2, "solved")
    revision = PostRevision.objects.unscoped("test").get()
    assert "トレイ2" in revision.body
    assert revision.post.body == "トレイ3でした"
    assert revision.post.revision == 2


def test_an_export_of_later_days_only_finds_its_question(take):
    take({"general/2023-11-14": THREAD[:2]})
    intake = take({"general/2023-11-15": THREAD[2:]})
    assert (intake.answers, intake.skipped) == (1, [])


def test_what_somebody_corrected_or_opened_again_here_stays(take, member, office):
    user = member("Hanako", office, "viewer")
    people = [person("U1", "Hanako", user.email), person("U2", "Taro")]
    days = {"general/2023-11-14": [message(0, "前", root=0, edited={"ts": stamp(30)}), *THREAD[1:]]}
    take(days, people=people)
    question = Question.objects.unscoped("test").get()
    opening = Post.objects.unscoped("test").get(kind="question")
    assert opening.author == user
    reopen_question(actor_of(user), question=question.pk, reason="再発")
    edit_post(actor_of(user), post=opening.pk, revision=1, body="ここで直した")
    take(days, people=people)
    opening.refresh_from_db()
    question.refresh_from_db()
    assert (opening.body, question.state) == ("ここで直した", "open")


def test_a_ward_puts_words_under_the_names_of_its_own_members_only(
    take, member, minato, shinjuku, administrator
):
    own, other = member("Own", minato, "viewer"), member("Other", shinjuku, "viewer")
    people = [person("U1", "Own", own.email.upper()), person("U2", "Other", other.email)]
    take({"a/2023-11-14": THREAD}, actor=actor_of(administrator), body=minato, people=people)
    posts = Post.objects.unscoped("test")
    assert set(posts.filter(author=own).values_list("posted_for__code", flat=True)) == {minato.code}
    assert not posts.filter(author=other).exists()
    assert posts.filter(external_author__name="Other").exists()


def test_two_accounts_with_one_address_are_one_person_here(take, member, office):
    user = member("Hanako", office, "viewer")
    people = [person("U1", "Hanako", user.email), person("U2", "Hanako", user.email)]
    take({"a/2023-11-14": THREAD}, people=people)
    assert set(Post.objects.unscoped("test").values_list("author", flat=True)) == {user.pk}
    assert Question.objects.unscoped("test").get().first_answer_at is None


@pytest.mark.parametrize("role", ["viewer", "officer"])
def test_only_administrators_and_the_secretariat_take_in(take, member, minato, role, moderator, office):
    with pytest.raises(PermissionRefused):
        take({"a/2023-11-14": THREAD}, actor=actor_of(member("X", minato, role)), body=minato)
    with pytest.raises(PermissionRefused):
        take({"a/2023-11-14": THREAD}, actor=actor_of(moderator), body=minato)
    assert take({"a/2023-11-14": THREAD}, actor=actor_of(moderator)).questions == 1


def test_nobody_is_told_and_the_ledger_has_one_entry(take, office):
    intake = take({"general/2023-11-14": THREAD})
    assert not Notice.objects.exists()
    assert Event.objects.unscoped("test").filter(kind__startswith="commons.").count() == 1
    entry = Entry.objects.get(verb="commons.intake.take")
    assert json.loads(entry.payload)["data"]["sha256"] == intake.sha256


def test_files_are_named_and_only_addresses_of_the_web_are_links(take):
    files = [
        {"title": "様式.xlsx", "permalink": "https://x.slack.com/f"},
        {"name": "a.pdf", "url_private": "javascript:x"},
    ]
    take({"a/2023-11-14": [message(0, "", root=0, files=files), *THREAD[1:]]})
    links = PostLink.objects.unscoped("test").order_by("pk")
    assert [(link.name, link.address) for link in links] == [
        ("様式.xlsx", "https://x.slack.com/f"),
        ("a.pdf", ""),
    ]
    assert Question.objects.unscoped("test").get().title == "様式.xlsx"


def test_a_personal_number_is_masked(take):
    intake = take({"a/2023-11-14": [message(0, "番号は 123456789018 です", root=0), *THREAD[1:]]})
    assert "123456789018" not in Question.objects.unscoped("test").get().title
    assert not Post.objects.unscoped("test").filter(body__contains="123456789018").exists()
    assert reasons(intake)["masked"] == 2
    assert intake.skipped_count == 0


def test_the_fixture_of_2016_adds_up(office, shared_data):
    path = shared_data / "people" / "slack" / "slack-export-viewer-testarchive.zip"
    choices = IntakeChoices(IntakeFormat.SLACK, all_messages=True)
    intake = take_in(SYSTEM, organisation=office, path=path, file_name=path.name, choices=choices)
    assert (intake.questions, intake.skipped_count, intake.users) == (52, 106, 4)
