"""The style page, the reader's choices and the pages for what went wrong."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils.translation import override

from yui.kernel.ui import errors


def test_style_page_is_for_members(client_of, bob, client, db):
    answer = client_of(bob).get("/style/")
    assert answer.status_code == 200
    assert "部品の見本" in answer.content.decode()
    assert client.get("/style/").status_code == 302


def test_style_page_speaks_english(client_of, bob):
    client = client_of(bob)
    client.cookies["django_language"] = "en"
    page = client.get("/style/").content.decode()
    assert '<html lang="en"' in page
    assert "Component samples" in page


def test_base_page_asks_the_database_nothing_beyond_the_actor(client_of, bob, django_assert_max_num_queries):
    client = client_of(bob)
    client.get("/style/")
    with django_assert_max_num_queries(8):
        client.get("/style/")


def test_made_up_data_is_named_on_every_page(client_of, bob, settings):
    settings.IS_DEMONSTRATION = True
    assert "架空データ" in client_of(bob).get("/style/").content.decode()
    settings.IS_DEMONSTRATION = False
    assert "架空データ" not in client_of(bob).get("/style/").content.decode()


def test_choices_are_kept_and_unknown_ones_ignored(client, db):
    answer = client.post("/preferences/", {"density": "tight", "theme": "neon", "next": "/style/"})
    assert answer.status_code == 302
    assert answer.url == "/style/"
    assert answer.cookies["yui_density"].value == "tight"
    assert "yui_theme" not in answer.cookies


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_choices_never_lead_to_another_site(client, db, target):
    assert client.post("/preferences/", {"density": "tight", "next": target}).url == "/"


def test_choices_change_only_by_post(client, db):
    assert client.get("/preferences/").status_code == 405


def test_chosen_look_is_on_the_page(client_of, bob):
    client = client_of(bob)
    client.cookies["yui_density"] = "roomy"
    client.cookies["yui_theme"] = "<script>"
    page = client.get("/style/").content.decode()
    assert 'data-density="roomy"' in page
    assert 'data-theme="system"' in page


@pytest.mark.parametrize(
    ("handler", "code", "words"),
    [
        (errors.bad_request, 400, "読み取れません"),
        (errors.forbidden, 403, "許可されていません"),
        (errors.not_found, 404, "見つかりません"),
        (errors.server_error, 500, "続けられません"),
    ],
)
def test_error_pages_need_no_database(handler, code, words):
    request = RequestFactory().get("/x/")
    request.request_id = "0f<b>1"
    answer = handler(request)
    page = answer.content.decode()
    assert answer.status_code == code
    assert words in page
    assert "0f&lt;b&gt;1" in page
    assert "Traceback" not in page


def test_refusal_tells_its_reason():
    request = RequestFactory().get("/x/")
    assert (
        "承認の役割" in errors.forbidden(request, PermissionDenied("承認の役割がありません")).content.decode()
    )


def test_error_answers_take_the_form_asked_for():
    fragment = errors.not_found(RequestFactory().get("/x/", headers={"HX-Request": "true"})).content.decode()
    assert "<html" not in fragment
    assert 'role="alert"' in fragment
    answer = errors.not_found(RequestFactory().get("/x/", headers={"Accept": "application/json"}))
    assert json.loads(answer.content)["error"] == "ページが見つかりません"


def test_error_pages_speak_english():
    with override("en"):
        assert "Page not found" in errors.not_found(RequestFactory().get("/x/")).content.decode()
