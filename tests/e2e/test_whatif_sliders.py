"""The sliders of 為替と仮定 answer while they are moved, and the form works without them moving."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_moved_slider_renews_the_figures_alone(ward, alice, signed_in):
    page = signed_in(alice)
    page.goto("/costs/whatif/")
    page.evaluate("window.isTheSamePage = true")
    assert page.locator("#w-rate-value").inner_text() == "150.0円"
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true") as renewed:
        page.locator("#w-rate").press("ArrowRight")
    assert "rate=150.5" in renewed.value.url
    page.locator("#w-rate-value", has_text="150.5円").wait_for()
    assert page.evaluate("window.isTheSamePage") is True
    assert page.locator("#w-rate").evaluate("slider => slider === document.activeElement")
    assert page.locator("#whatif").count() == 1
