"""axe finds nothing to mend on any page: light and dark, Japanese and English, wide and narrow."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.urls import reverse

from tests.e2e.conftest import DESK
from tests.walk.addresses import addresses

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
CHECK = """async asked => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...asked});
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(" ")} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`));
}"""
EVERY_RULE: dict = {}
BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
"""What a page turned narrow is asked: it has the colours of the wide one."""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What a dark page is asked: it has the structure of the light one."""
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
NARROW = {"width": 390, "height": 844}
PARTS = 6
"""Into so many tests the pages are dealt, for several processes to share."""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe; tests that want it are skipped where it is absent."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here: run npm ci in web/")
    return AXE.read_text(encoding="utf-8")


NOT_PAGES = {"live:stream", "observe:metrics", "observe:healthz", "observe:healthz_web", "soc:alert-news"}
"""Addresses for programs: the stream never ends, the news are a piece of a page, the others hold none."""


def pages_of(made, client, part: int) -> list[str]:
    """Return the addresses of one part of Yui that answer the reader of ``client`` with a page."""
    found = []
    for address in addresses(made)[part::PARTS]:
        if address.name.startswith("api:") or address.name in NOT_PAGES:
            continue
        answer = client.get(address.path)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code == HTTPStatus.OK and is_page:
            found.append(address.path)
    searches = [
        f"{reverse('portal:search')}?q=架空",
        f"{reverse('registry:systems')}?q=zzz",
        f"{reverse('soc:hunting')}?q=zzz",
    ]
    return found + searches[part::PARTS]


def look_at(
    page,
    axe: str,
    address: str,
    status: int = HTTPStatus.OK,
    *,
    asked: dict = EVERY_RULE,
    also_narrow: bool = False,
) -> list[str]:
    """Open a page and return what axe finds on it, or that it answers otherwise than with ``status``."""
    answer = page.goto(address)
    if answer.status != status:
        return [f"{address}: {answer.status}"]
    page.evaluate(axe)
    found = violations(page, address, asked)
    return found + look_at_narrow(page, address) if also_narrow else found


def violations(page, address: str, asked: dict) -> list[str]:
    """Return what axe finds on the open page."""
    return [f"{address}: {violation}" for violation in page.evaluate(CHECK, asked)]


def look_at_narrow(page, address: str) -> list[str]:
    """Make the window as narrow as a telephone; return what axe finds, and by how much the page is wider."""
    page.set_viewport_size(NARROW)
    found = violations(page, f"{address} (narrow)", BUT_COLOURS)
    over = page.evaluate(OVER)
    page.set_viewport_size(DESK)
    return found + ([f"{address} is wider than the screen by {over} pixels"] if over > 0 else [])


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(part, ward, anna, signed_in, client_of, axe, live_server):
    pages = pages_of(ward, client_of(anna), part)
    assert len(pages) > 80 / PARTS
    found, in_light = [], signed_in(anna)
    for address in pages:
        found += look_at(in_light, axe, address, also_narrow=True)
    # A page that goes on asking would disturb the next one: both work on the one connection of the tests.
    in_light.close()
    in_dark = signed_in(anna, locale="en-GB")
    for name, value in (("yui_theme", "dark"), ("django_language", "en")):
        in_dark.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    for address in pages:
        found += look_at(in_dark, axe, address, asked=COLOURS)
    assert not found, "\n".join(found)


def test_the_pages_of_sign_in_and_of_refusal(ward, alice, signed_in, browser, live_server, axe):
    page, refused = browser.new_page(base_url=live_server.url, locale="ja-JP"), signed_in(alice)
    found = []
    for address in (reverse("account_login"), reverse("account_reset_password")):
        found += look_at(page, axe, address)
    found += look_at(page, axe, "/nowhere/", status=HTTPStatus.NOT_FOUND)
    for address in (reverse("portal:administration"), reverse("portal:ledger")):
        found += look_at(refused, axe, address, status=HTTPStatus.FORBIDDEN)
    assert not found, "\n".join(found)
