"""The style page in a real browser: no accessibility violations, no policy violations, keyboard works."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
CHROMIUM = Path(os.environ.get("YUI_CHROMIUM", "/usr/bin/chromium"))
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
BUILT = ROOT / "src" / "yui" / "kernel" / "ui" / "static" / "ui" / "build" / "app.css"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser():
    for needed in (CHROMIUM, AXE, BUILT):
        if not needed.exists():
            pytest.skip(f"browser tests are left out: {needed} is not here")
    # Playwright's own loop runs in this thread; Django may use the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, live_server, client_of, bob):
    """A function that opens an address as a viewer and collects what the console complains about."""
    contexts = []

    def opened(path: str, width: int = 1440, scheme: str = "light", language: str = "ja"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        session = client_of(bob).cookies["sessionid"].value
        for name, value in (("sessionid", session), ("django_language", language)):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda message: page.complaints.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1440, "light", "ja"), (1440, "dark", "ja"), (390, "light", "en"), (390, "dark", "ja")],
)
def test_style_page_has_no_violations(open_page, width, scheme, language):
    page = open_page("/style/", width, scheme, language)
    assert page.complaints == []
    # The policy forbids added script elements; the tool is evaluated from outside instead.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    assert [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_chart_is_drawn_without_eval(open_page):
    page = open_page("/style/")
    page.wait_for_selector("[data-vega] svg")
    assert page.complaints == []


def test_keys_walk_the_rows_and_find_the_search(open_page):
    page = open_page("/style/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "庶務事務システム" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    assert "文書管理システム" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jk")
    assert page.evaluate("document.activeElement.value") == "jk"


def test_density_changes_at_once_and_stays(open_page):
    page = open_page("/style/")
    page.click(".masthead-person")
    with page.expect_response("**/preferences/"):
        page.click('button[name="density"][value="tight"]')
    assert page.evaluate("document.documentElement.dataset.density") == "tight"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.density") == "tight"


def test_narrow_menu_opens_and_closes_by_keyboard(open_page):
    page = open_page("/style/", 390)
    assert not page.is_visible("#navigation")
    page.focus(".masthead-menu")
    page.keyboard.press("Enter")
    assert page.is_visible("#navigation")
    page.keyboard.press("Escape")
    assert not page.is_visible("#navigation")


def test_told_change_renews_the_part_that_listens(open_page):
    page = open_page("/style/")
    page.context.route(
        "**/live/stream",
        lambda route: route.fulfill(
            content_type="text/event-stream",
            body="retry: 60000\nevent: changes\n"
            'data: {"changes": [{"kind": "ui.sample.change", "subject": ""}]}\n\n',
        ),
    )
    with page.expect_response(lambda answer: answer.request.headers.get("hx-request") == "true") as renewed:
        page.reload()
    assert renewed.value.ok
    assert page.text_content("#live-sample").startswith("この行は")
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
