"""The main tasks with JavaScript switched off, from the sign-in page on."""

import pytest

from tests.e2e.conftest import PASSWORD
from yui.registry.models import InformationSystem

HEAD = "システムコード,システム名,区分,設置場所,ネットワーク"
ROW = "MN-900,架空の文書管理,内部管理業務,オンプレミス,LGWAN接続系"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser, live_server, ward, alice):
    """A page without scripts on which the officer has signed in with a password."""
    alice.set_password(PASSWORD)
    alice.save()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto("/systems/")
    page.fill("input[name=login]", alice.username)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="サインインする", exact=True).click()
    page.wait_for_url("**/systems/")
    return page


def test_a_table_of_systems_is_read_and_taken_in(page):
    page.goto("/imports/registry.systems/new/")
    table = {"name": "台帳.csv", "mimeType": "text/csv", "buffer": f"{HEAD}\n{ROW}\n".encode("cp932")}
    page.set_input_files("input[type=file]", table)
    page.get_by_role("button", name="ファイルを読む").click()
    assert "架空の文書管理" in page.inner_text("main")
    assert not InformationSystem.everything.filter(code="MN-900").exists()
    page.locator("main form[action$='/apply/'] button[type=submit]").first.click()
    page.wait_for_load_state()
    assert InformationSystem.everything.get(code="MN-900").name == "架空の文書管理"


def test_a_system_is_changed(page, ward):
    page.goto(f"/systems/{ward.keys['system']}/edit/")
    page.fill("main input[name=name]", "架空の新しい名前")
    page.get_by_role("button", name="更新する").click()
    assert "架空の新しい名前" in page.inner_text("main h1")
    assert InformationSystem.everything.get(pk=ward.keys["system"]).name == "架空の新しい名前"


def test_an_indicator_leads_to_its_records(page):
    page.goto("/indicators/")
    page.locator("main a[href*='/indicators/1-kgi-1/']").first.click()
    page.get_by_role("link", name="根拠の記録を見る").first.click()
    page.wait_for_url("**/indicators/1-kgi-1/records/**")
    page.locator("main h1").wait_for()
