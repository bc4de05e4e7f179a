"""取り込みと書き出し: who sees it, an upload through the worker, the report, the ZIP."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yui.kernel.ledger.models import Entry
from yui.kernel.tasks.worker import JobWorker
from yui.organisations.actors import actor_of
from yui.people.commons.models import CommonsIntake, IntakeFormat, Question
from yui.people.commons.operations.intake.take_in import IntakeChoices, take_in
from yui.people.commons.tests.exports import message, write_slack

THREAD = [
    message(0, "印刷できません", root=0),
    message(60, "トレイ2です", "U2", root=0),
    message(5, "ひとこと"),
]
PAGE = "/commons/intakes/"


@pytest.fixture
def archive(tmp_path):
    return write_slack(tmp_path / "export.zip", {"general/2023-11-14": THREAD})


@pytest.fixture
def intake(archive, administrator, minato):
    return take_in(
        actor_of(administrator),
        organisation=minato,
        path=archive,
        file_name="export.zip",
        choices=IntakeChoices(IntakeFormat.SLACK),
    )


def test_an_upload_is_taken_in_by_the_worker(client, administrator, minato, archive):
    client.force_login(administrator)
    answer = client.post(
        PAGE,
        {
            "source": "slack",
            "file": SimpleUploadedFile("../書き出し.zip", archive.read_bytes()),
            "organisation": minato.pk,
            "visibility": "own",
            "solved_reaction": "",
        },
    )
    assert answer.status_code == 302
    JobWorker().drain()
    question = Question.objects.unscoped("test").get()
    assert (question.organisation, question.visibility) == (minato, "own")
    assert CommonsIntake.objects.unscoped("test").get().file_name == "書き出し.zip"
    page = client.get(PAGE).content.decode()
    assert "書き出し.zip" in page


def test_a_file_that_is_no_export_changes_nothing(client, administrator, minato):
    client.force_login(administrator)
    given = {"source": "slack", "file": SimpleUploadedFile("a.zip", b"x"), "organisation": minato.pk}
    answer = client.post(PAGE, {**given, "visibility": "wards"}, follow=True)
    JobWorker().drain()
    assert "ZIPでもフォルダーでもありません" in client.get(answer.request["PATH_INFO"]).content.decode()
    assert not CommonsIntake.objects.unscoped("test").exists()


@pytest.mark.parametrize("role", ["viewer", "officer", "auditor"])
def test_others_see_neither_the_page_nor_a_run_nor_the_export(client, member, minato, intake, role):
    client.force_login(member("X", minato, role))
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}{intake.pk}/").status_code == 404
    assert client.post(f"{PAGE}{intake.pk}/report/").status_code == 404
    assert client.post(f"{PAGE}export/{minato.code}/").status_code == 404


def test_another_ward_does_not_learn_of_a_run(client, member, shinjuku, minato, intake):
    client.force_login(member("Other", shinjuku, "administrator"))
    assert intake.file_name not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{intake.pk}/").status_code == 404
    given = {"source": "slack", "file": SimpleUploadedFile("a.zip", b"x"), "organisation": minato.pk}
    assert client.post(PAGE, {**given, "visibility": "wards"}).status_code == 422
    assert client.post(f"{PAGE}export/{minato.code}/").status_code == 404


def test_the_report_says_what_was_left_out_and_why(client, administrator, intake):
    client.force_login(administrator)
    page = client.get(f"{PAGE}{intake.pk}/").content.decode()
    assert "#general" in page
    assert "返信がない発言です" in page
    text = client.post(f"{PAGE}{intake.pk}/report/").content.decode("utf-8-sig")
    assert "#general,返信がない発言です" in text


def test_a_body_takes_everything_home(client, administrator, answerer, ask, answer, asker, minato, intake):
    own = ask(asker, title="自分の質問", is_unnamed=True, department="区民課")
    answer(answerer, own)
    client.force_login(administrator)
    answer_page = client.post(f"{PAGE}export/{minato.code}/")
    content = b"".join(answer_page.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as exported:
        lines = [json.loads(line) for line in exported.read("posts.jsonl").splitlines()]
    assert lines[0] == {
        "record": "header",
        "format": "yui-commons-1",
        "organisation": minato.code,
        "questions": 2,
        "questions_elsewhere": 0,
    }
    assert {line["title"] for line in lines[1:]} == {"印刷できません", "自分の質問"}
    assert asker.name_ja not in json.dumps(lines, ensure_ascii=False)
    assert Entry.objects.filter(verb="exchange.export.record").count() == 1
