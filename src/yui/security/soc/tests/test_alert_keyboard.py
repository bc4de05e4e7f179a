"""The queue in a real browser, by keyboard alone, and without scripts."""

import shutil

import pytest

from yui.security.soc.models import AlertGroup
from yui.security.soc.operations.alerts import raise_alerts
from yui.security.soc.tests.alert_records import make_fact, make_rule

QUEUE = "/soc/alerts/?state=new"


@pytest.fixture
def open_queue(live_server, client_of, monkeypatch):
    """A function that opens the queue in Chromium for a person; skipped where there is no browser."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not on this machine: install Debian's package chromium")
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def open_page(person, **options):
            context = running.new_context(base_url=live_server.url, locale="ja-JP", **options)
            session = client_of(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            page = context.new_page()
            page.goto(QUEUE)
            return page

        yield open_page
        running.close()


@pytest.fixture
def groups(system_actor, minato, soc):
    """Three groups of one ward, in the order of the queue."""
    rule = make_rule(soc)
    facts = [make_fact(rule, n, host=f"PC-{n}", minutes=-n) for n in range(3)]
    return raise_alerts(system_actor, ward=minato, facts=facts).groups


def stored(key):
    return AlertGroup.objects.unscoped("test").get(pk=key)


@pytest.mark.django_db(transaction=True)
def test_an_analyst_works_by_keyboard(open_queue, alice, groups):
    page = open_queue(alice)
    rows = page.locator(".queue-list li[data-alert]")
    assert rows.count() == 3
    order = [int(each.get_attribute("data-alert")) for each in rows.all()]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector(f'[data-alert-record="{order[1]}"]')
    page.keyboard.press("a")
    page.wait_for_selector(".soc-undo")
    assert stored(order[1]).assignee == alice
    # The row left the list of what is new; the focus is on the one that took its place.
    assert page.evaluate("document.activeElement.closest('li').dataset.alert") == str(order[2])
    page.keyboard.press("e")
    page.wait_for_selector("#close_reason:focus")
    page.select_option("#close_reason", "benign")
    page.locator('#queue-record button[value="close"]').click()
    page.wait_for_selector("text=1件を完了しました")
    assert rows.count() == 1
    assert stored(order[2]).close_reason == "benign"


@pytest.mark.django_db(transaction=True)
def test_everything_works_without_scripts(open_queue, alice, groups):
    page = open_queue(alice, java_script_enabled=False)
    first = int(page.locator(".queue-list li").first.get_attribute("data-alert"))
    page.locator(".queue-list li a").first.click()
    page.locator('#queue-record button[value="take"]').click()
    page.wait_for_selector(".soc-undo")
    assert stored(first).assignee == alice
    page.get_by_text("今の操作を取り消す").click()
    page.wait_for_selector("text=未着手に戻しました")
    assert stored(first).assignee is None
