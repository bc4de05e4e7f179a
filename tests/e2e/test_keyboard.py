"""Yui without a mouse: into the content, over the tile map, into a row of a table."""

import pytest

FOCUSED = "document.activeElement"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_first_stop_leads_past_the_menu(ward, alice, signed_in):
    page = signed_in(alice)
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    assert link.evaluate(f"link => link === {FOCUSED}")
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_arrows_walk_over_the_tile_map_and_enter_opens_a_ward(ward, alice, signed_in):
    page = signed_in(alice)
    page.goto("/")
    map_ = page.locator("[data-tile-map][data-walkable]").first
    assert map_.locator("a.tile[tabindex='0']").count() == 1
    map_.locator("a.tile[tabindex='0']").focus()
    names = [page.evaluate(f"{FOCUSED}.href")]
    for key in ("Home", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        names.append(page.evaluate(f"{FOCUSED}.href"))
    assert len(set(names[1:])) == 3
    assert map_.locator("a.tile[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url(names[-1])


def test_j_goes_to_the_next_row_and_enter_opens_it(ward, alice, signed_in):
    page = signed_in(alice)
    page.goto("/systems/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    first = page.evaluate(f"{FOCUSED}.href")
    page.keyboard.press("j")
    second = page.evaluate(f"{FOCUSED}.href")
    assert first != second
    page.keyboard.press("Enter")
    page.wait_for_url(second)
    assert "架空みなとシステム" in page.inner_text("main h1")


def test_a_long_menu_shows_where_the_reader_is(ward, alice, signed_in):
    page = signed_in(alice)
    page.set_viewport_size({"width": 1440, "height": 500})
    page.goto("/proposals/")
    page.wait_for_load_state("networkidle")
    entry = page.locator("#navigation [aria-current]").bounding_box()
    assert entry["y"] + entry["height"] <= 500
    assert page.evaluate("window.scrollY") == 0
