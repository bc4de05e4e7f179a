"""The pages of practices, from the first word to another ward's figures."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.links import Outline, next_steps, outline_of, register_outline, urn
from yui.people.practices.models import (
    Adoption,
    AdoptionEffect,
    Practice,
    PracticeReview,
    PracticeState,
    PracticeThanks,
    PracticeVersion,
    Verdict,
)
from yui.people.practices.operations.practices import (
    decide_review,
    submit_practice,
    take_review,
    write_version,
)
from yui.people.practices.tests.practice_records import drafted, in_review, introduced, published, wording

pytestmark = pytest.mark.django_db
MY_NUMBER = "123456789018"
TEXT = {
    "title": "窓口の待ち時間を減らす",
    "problem": "混んでいました。",
    "approach": "分けました。",
    "effect_note": "測りました。",
    "preconditions": "なし",
    "reuse_steps": "手順",
    "pitfalls": "なし",
    "revision": "0",
    "kind": "success",
    "audience": "wards",
    "licence": "cc_by_4",
    "contact": "代表",
    "expires_on": (today() + timedelta(days=700)).isoformat(),
    "effects-TOTAL_FORMS": "1",
    "effects-INITIAL_FORMS": "0",
    "effects-0-name": "待ち時間",
    "effects-0-unit": "minutes_per_case",
    "effects-0-before": "20",
    "effects-0-after": "8",
    "effects-0-volume_per_year": "1000",
    "effects-0-grade": "measured",
    "effects-0-measured_on": "2026-05-01",
}


def page(name, *args):
    return reverse(f"practices:{name}", args=args)


def stored(practice):
    return Practice.objects.unscoped("test").get(pk=practice.pk)


def test_a_reader_writes_hands_in_and_another_ward_publishes(bob, charlie, client_of):
    mine, theirs = client_of(bob), client_of(charlie)
    mine.post(page("practice-new"), TEXT)
    practice = Practice.objects.unscoped("test").get()
    assert practice.organisation.code == "131032"
    assert theirs.get(practice.get_absolute_url()).status_code == 404
    mine.post(page("practice-step", practice.pk), {"step": "submit"})
    assert TEXT["title"] in theirs.get(page("reviews-waiting")).content.decode()
    answer = theirs.post(page("review-take", practice.pk))
    review = PracticeReview.objects.unscoped("test").get()
    assert answer["Location"] == page("review", review.pk)
    assert "混んでいました" in theirs.get(answer["Location"]).content.decode()
    theirs.post(answer["Location"], {"verdict": "publish", "comment": "分かりやすいです。"})
    assert stored(practice).state == PracticeState.PUBLISHED
    shown = theirs.get(practice.get_absolute_url()).content.decode()
    assert "200時間" in shown and "新宿区" in shown
    assert "分かりやすいです" in mine.get(page("practice-reviews", practice.pk)).content.decode()


def test_the_list_finds_and_narrows(bob, charlie, actor_of, minato, client_of):
    published(actor_of(bob), minato, actor_of(charlie))
    published(actor_of(bob), minato, actor_of(charlie), title="文字認識は続かなかった", kind="failure")
    drafted(actor_of(bob), minato, title="まだ下書き")
    client = client_of(charlie)
    everything = client.get(page("practices")).content.decode()
    assert "転記をやめる" in everything and "まだ下書き" not in everything
    failed = client.get(page("practices"), {"failed": "1"}).content.decode()
    assert "続かなかった" in failed and "転記をやめる" not in failed
    assert "続かなかった" in client.get(page("practices"), {"q": "続かなかった"}).content.decode()
    sheet = client.get(page("practices"), {"download": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize("query", [{"spread": "0"}, {"validity": "valid"}, {"state": "published"}])
def test_every_filter_finds_a_practice_that_meets_it(bob, charlie, actor_of, minato, client_of, query):
    published(actor_of(bob), minato, actor_of(charlie))
    client = client_of(charlie)
    assert "転記をやめる" in client.get(page("practices"), query).content.decode()
    other = {"spread": "1", "validity": "over", "state": "withdrawn"}
    opposite = {key: other[key] for key in query}
    assert "転記をやめる" not in client.get(page("practices"), opposite).content.decode()


def test_a_personal_number_is_not_kept(bob, client_of):
    client = client_of(bob)
    answer = client.post(page("practice-new"), TEXT | {"problem": f"マイナンバー {MY_NUMBER}"})
    assert answer.status_code == 422 and not Practice.objects.unscoped("test").exists()
    assert MY_NUMBER not in answer.content.decode().partition("<textarea")[0]


def test_two_writers_see_each_other_s_text(bob, alice, actor_of, minato, client_of):
    practice = drafted(actor_of(bob), minato)
    client_of(alice).post(page("practice-edit", practice.pk), TEXT | {"problem": "係長の文"})
    answer = client_of(bob).post(page("practice-edit", practice.pk), TEXT | {"problem": "私の文"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<del>" in text and "係長の文" in text and "私の文" in text
    client_of(bob).post(page("practice-edit", practice.pk), TEXT | {"problem": "私の文", "revision": "1"})
    assert PracticeVersion.objects.unscoped("test").get().problem == "私の文"


def test_versions_show_what_changed(bob, charlie, actor_of, minato, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    version = write_version(
        actor_of(bob), practice=practice, wording=wording(problem="書き直した課題"), change_note="課題"
    )
    own = client_of(bob).get(page("practice-version", practice.pk, version.pk)).content.decode()
    assert "<ins>" in own and "書き直した課題" in own
    assert client_of(charlie).get(page("practice-version", practice.pk, version.pk)).status_code == 404


def test_a_correction_is_published_at_once(bob, charlie, actor_of, minato, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    client_of(bob).post(
        page("practice-correct", practice.pk), TEXT | {"title": "直した題名", "change_note": "誤字"}
    )
    assert "直した題名" in client_of(charlie).get(practice.get_absolute_url()).content.decode()


def test_thanks_follow_extend_and_withdraw(bob, charlie, actor_of, minato, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    step = page("practice-step", practice.pk)
    client_of(charlie).post(step, {"step": "thank"})
    assert PracticeThanks.objects.unscoped("test").count() == 1
    assert client_of(charlie).post(step, {"step": "extend"}).status_code == 403
    client_of(bob).post(step, {"step": "extend"})
    assert stored(practice).expires_on < today() + timedelta(days=367)
    assert client_of(bob).post(step, {"step": "sell"}).status_code == 400
    client_of(bob).post(page("practice-withdraw", practice.pk), {"reason": "終わりました。"})
    assert "終わりました。" in client_of(charlie).get(practice.get_absolute_url()).content.decode()


def test_another_ward_considers_steps_on_and_measures(bob, charlie, actor_of, minato, shinjuku, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    client = client_of(charlie)
    client.post(
        page("practice-spread", practice.pk), {"ward": shinjuku.pk, "on": today().isoformat(), "note": ""}
    )
    adoption = Adoption.objects.unscoped("test").get()
    address = page("adoption-step", adoption.pk)
    wrong = client.post(address, {"state": "declined", "on": today().isoformat(), "note": ""})
    assert wrong.status_code == 422
    client.post(address, {"state": "introduced", "on": today().isoformat(), "note": ""})
    client.post(page("adoption-changes", adoption.pk), {"changed": "様式を減らしました。"})
    figure = {key.removeprefix("effects-0-"): value for key, value in TEXT.items() if "effects-0" in key}
    client.post(page("adoption-effect", adoption.pk), figure)
    assert AdoptionEffect.objects.unscoped("test").count() == 1
    shown = client_of(bob).get(page("practice-spread", practice.pk)).content.decode()
    assert "様式を減らしました。" in shown and "新宿区" in shown
    assert client_of(bob).post(address, {"state": "measured", "on": today().isoformat()}).status_code == 403


def test_the_list_of_adoptions_leads_to_them(bob, charlie, actor_of, minato, shinjuku, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    adoption = introduced(actor_of(charlie), practice, shinjuku)
    assert adoption.get_absolute_url() in client_of(bob).get(page("adoptions")).content.decode()


def test_files_are_added_handed_out_and_removed(bob, charlie, actor_of, minato, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    upload = SimpleUploadedFile("様式.csv", "項目,値\n住所,1\n".encode())
    client_of(bob).post(page("practice-files", practice.pk), {"purpose": "form", "uploads": upload})
    file = practice.files.unscoped("test").get()
    answer = client_of(charlie).get(page("practice-file", file.pk))
    assert "attachment" in answer["Content-Disposition"]
    assert client_of(charlie).post(page("practice-file-remove", file.pk)).status_code == 403
    client_of(bob).post(page("practice-file-remove", file.pk))
    assert not practice.files.unscoped("test").exists()


def test_a_refused_file_says_why(bob, actor_of, minato, client_of):
    practice = drafted(actor_of(bob), minato)
    upload = SimpleUploadedFile("図.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>")
    answer = client_of(bob).post(page("practice-files", practice.pk), {"purpose": "form", "uploads": upload})
    assert answer.status_code == 422 and "図.svg" in answer.content.decode()


def test_a_ward_takes_its_practices_away_as_json(bob, charlie, actor_of, minato, shinjuku, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    introduced(actor_of(charlie), practice, shinjuku)
    answer = client_of(bob).get(page("practices-export", "131032"))
    content = json.loads(answer.content)
    (told,) = content["practices"]
    assert told["title"] == practice.title
    assert told["versions"][0]["effects"][0]["before"] == "12.00"
    assert told["adoptions"][0]["ward"] == "131041"
    assert client_of(charlie).get(page("practices-export", "131032")).status_code == 403


def test_the_history_is_for_the_own_ward(bob, charlie, actor_of, minato, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    client_of(charlie).post(page("practice-step", practice.pk), {"step": "thank"})
    own = client_of(bob).get(page("practice-history", practice.pk)).content.decode()
    assert "公開しました" in own and "ありがとうを伝えました" not in own
    assert (
        "公開しました" not in client_of(charlie).get(page("practice-history", practice.pk)).content.decode()
    )


def test_questions_and_proposals_can_become_a_practice():
    for kind in ("commons.question", "practices.proposal"):
        (step,) = [each for each in next_steps(kind) if "グッドプラクティス" in str(each.title)]
        assert step.address(urn(kind, 7)) == f"/practices/new/?from=yui:{kind}:7"


def test_another_record_fills_the_form_and_stays_linked(bob, client_of):
    origin = Outline(
        "yui:test.origin:1", "131032", "もとの件名", "もとの課題", "もとの取組", "もとの効果", ("01",)
    )
    register_outline("test.origin", lambda key, _actor: origin if key == "1" else None)
    address = f"{page('practice-new')}?from=yui:test.origin:1"
    shown = client_of(bob).get(address).content.decode()
    assert all(words in shown for words in ("もとの件名", "もとの課題", "もとの取組", "もとの効果"))
    client_of(bob).post(address, TEXT)
    assert Practice.objects.unscoped("test").get().origin_urn == origin.urn


def test_an_origin_that_is_not_there_does_not_exist(bob, client_of):
    client = client_of(bob)
    assert client.get(page("practice-new"), {"from": "yui:practices.proposal:999"}).status_code == 404
    assert client.get(page("practice-new"), {"from": "nonsense"}).status_code == 404


def test_an_invited_reader_is_told(bob, charlie, actor_of, minato, client_of):
    practice = in_review(actor_of(bob), minato)
    address = page("practice-reviews", practice.pk)
    assert client_of(bob).post(address, {"username": "nobody"}).status_code == 422
    client_of(bob).post(address, {"username": charlie.username})
    assert practice.title in client_of(charlie).get(page("reviews-waiting")).content.decode()


def test_a_review_is_read_by_its_reader_alone(bob, alice, charlie, actor_of, minato, client_of):
    practice = in_review(actor_of(bob), minato)
    review = take_review(actor_of(charlie), practice=practice)
    assert client_of(alice).get(page("review", review.pk)).status_code == 404


def test_the_reader_does_not_look_on_while_the_text_is_mended(bob, charlie, actor_of, minato, client_of):
    reader = actor_of(charlie)
    practice = published(actor_of(bob), minato, reader)
    write_version(actor_of(bob), practice=practice, wording=wording(problem="二版の課題"))
    submit_practice(actor_of(bob), practice=practice)
    review = take_review(reader, practice=stored(practice))
    assert "二版の課題" in client_of(charlie).get(page("review", review.pk)).content.decode()
    decide_review(reader, review=review, verdict=Verdict.REVISE, comment="件数を")
    write_version(actor_of(bob), practice=stored(practice), wording=wording(problem="直している課題"))
    answer = client_of(charlie).get(page("review", review.pk), follow=True)
    assert answer.redirect_chain and "直している課題" not in answer.content.decode()


def test_the_api_tells_what_the_page_tells(bob, charlie, actor_of, minato, client_of):
    practice = published(actor_of(bob), minato, actor_of(charlie))
    draft = drafted(actor_of(bob), minato, title="下書きの題")
    listed = client_of(charlie).get("/api/v1/practices/").json()
    assert [each["title"] for each in listed["items"]] == [practice.title]
    whole = client_of(charlie).get(f"/api/v1/practices/{practice.pk}").json()
    assert whole["effects"][0]["grade"] == "measured"
    assert client_of(charlie).get(f"/api/v1/practices/{draft.pk}").status_code == 404


def test_the_outline_of_nothing_is_nothing(bob, actor_of):
    assert outline_of("yui:practices.practice:1", actor_of(bob)) is None
