"""A browser, a running Yui with the records of one ward, and people to sign in as."""

import shutil
from pathlib import Path

import pytest

from tests.walk.records import make_records
from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.kernel.calendar_jp import Month
from yui.kernel.search.public import update

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "shizukana-mizuumi-7"
DESK = {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; tests that want it are skipped where it is absent."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("Chromium is not on this machine: install Debian's package chromium")
    return found


@pytest.fixture
def browser(chromium, monkeypatch):
    """A running Chromium without a window."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def ward(minato, soc, organisations, alice, system_actor, tmp_path: Path):
    """The records of 港区, one month of figures, and an index to search them."""
    made = make_records(minato, "架空みなと", alice, system_actor, tmp_path)
    secretariat = organisations["JB-OFFICE"]
    take_snapshots(system_actor, secretariat=secretariat, months=[Month(2026, 4), Month(2026, 5)])
    update()
    return made


@pytest.fixture
def signed_in(browser, live_server, client_of):
    """A function that opens a page of the browser for a person who is signed in."""

    def open_page(user, **options):
        context = browser.new_context(
            **({"base_url": live_server.url, "viewport": DESK, "locale": "ja-JP"} | options)
        )
        session = client_of(user).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    return open_page
