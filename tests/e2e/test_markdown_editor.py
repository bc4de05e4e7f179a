"""Writing Markdown: the preview follows what is typed, and opens in a tab of its own without scripts."""

from urllib.parse import parse_qs

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "textarea[name=text]"
PREVIEW = ".markdown-preview"


def test_the_preview_follows_what_is_typed_and_sends_the_text_alone(bob, signed_in):
    page = signed_in(bob)
    page.goto("/style/")
    with page.expect_request("**/writing/preview") as asked:
        page.locator(TEXT).press_sequentially("**太字**です")
    page.locator(f"{PREVIEW} strong", has_text="太字").wait_for()
    assert set(parse_qs(asked.value.post_data)) == {"text", "preview_field"}


def test_without_scripts_the_preview_opens_in_a_tab_and_nothing_is_lost(bob, signed_in):
    page = signed_in(bob, java_script_enabled=False)
    page.goto("/style/")
    page.locator(TEXT).fill("# 題\n\n本文です")
    with page.expect_popup() as opened:
        page.locator("button[name=preview_field]").click()
    opened.value.locator(".written h3", has_text="題").wait_for()
    assert page.locator(TEXT).input_value() == "# 題\n\n本文です"
