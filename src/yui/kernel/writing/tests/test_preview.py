"""The editor and its preview."""

from django import forms
from django.template import Context, Template

from yui.kernel.writing.urls import app_name

ADDRESS = "/writing/preview"


class Form(forms.Form):
    """One field of Markdown."""

    body = forms.CharField(label="本文", widget=forms.Textarea)


def test_the_preview_shows_the_named_field(client_of, bob):
    answer = client_of(bob).post(
        ADDRESS, {"preview_field": "body", "body": "**太字** <script>", "title": "題"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and "<strong>太字</strong>" in page and "&lt;script&gt;" in page
    assert "<h1>プレビュー</h1>" in page


def test_a_script_gets_the_part_alone(client_of, bob):
    answer = client_of(bob).post(
        ADDRESS, {"preview_field": "body", "body": "# 題"}, headers={"HX-Request": "true"}
    )
    assert answer.content.decode().strip() == '<div class="written"><h3>題</h3></div>'


def test_nothing_written_says_so(client_of, bob):
    assert "見え方が出ます" in client_of(bob).post(ADDRESS, {}).content.decode()


def test_strangers_and_readers_of_the_address_are_refused(client, client_of, bob, db):
    assert client.post(ADDRESS, {"preview_field": "body", "body": "x"}).status_code == 302
    assert client_of(bob).get(ADDRESS).status_code == 405


def test_somebody_without_an_organisation_sees_nothing(client_of, django_user_model, db):
    loose = django_user_model.objects.create_user(username="loose", name_ja="無所属")
    assert client_of(loose).post(ADDRESS, {"preview_field": "body", "body": "x"}).status_code == 403


def test_the_editor_works_with_and_without_scripts():
    page = Template("{% load ui %}{% markdown_editor form.body %}").render(Context({"form": Form()}))
    assert f'formaction="{ADDRESS}"' in page and 'name="preview_field" value="body"' in page
    assert f'hx-post="{ADDRESS}"' in page and 'id="id_body_preview"' in page
    assert 'data-alone="preview_field"' in page
    assert "<label" in page and app_name == "writing"


def test_templates_show_markdown_and_words():
    page = Template("{% load writing %}{{ text|markdown }}|{{ text|plain_text }}").render(
        Context({"text": "**太字** ![図](attachment:1)"})
    )
    assert page == "<p><strong>太字</strong> 図</p>|太字 図"
