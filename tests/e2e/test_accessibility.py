"""axe finds nothing to mend on any page: light and dark, Japanese and English, wide and narrow."""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from django.urls import reverse

from tests.walk.addresses import addresses

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
CHECK = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(" ")} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ""}`));
}"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe; tests that want it are skipped where it is absent."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here: run npm ci in web/")
    return AXE.read_text(encoding="utf-8")


NOT_PAGES = {"live:stream", "observe:metrics", "observe:healthz", "observe:healthz_web", "soc:alert-news"}
"""Addresses for programs: the stream never ends, the news are a piece of a page, the others hold none."""


def pages_of(made, client) -> list[str]:
    """Return every address of Yui that answers the reader of ``client`` with a page, and a search."""
    found = []
    for address in addresses(made):
        if address.name.startswith("api:") or address.name in NOT_PAGES:
            continue
        answer = client.get(address.path)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code == HTTPStatus.OK and is_page:
            found.append(address.path)
    return [*found, f"{reverse('portal:search')}?q=架空", f"{reverse('registry:systems')}?q=zzz"]


def look_at(
    page,
    axe: str,
    paths: list[str],
    status: int = HTTPStatus.OK,
    then: Callable[[str], None] = lambda address: None,
) -> list[str]:
    """Return what axe finds on each page, and the pages that answer otherwise; ``then`` looks on."""
    found = []
    for address in paths:
        answer = page.goto(address)
        if answer.status != status:
            found.append(f"{address}: {answer.status}")
            continue
        page.evaluate(axe)
        found += [f"{address}: {violation}" for violation in page.evaluate(CHECK)]
        then(address)
    return found


def test_every_page_in_light_japanese(ward, anna, signed_in, client_of, axe):
    pages = pages_of(ward, client_of(anna))
    assert len(pages) > 80
    found = look_at(signed_in(anna), axe, pages)
    assert not found, "\n".join(found)


def test_the_pages_of_sign_in_and_of_refusal(ward, alice, signed_in, browser, live_server, axe):
    page = browser.new_page(base_url=live_server.url, locale="ja-JP")
    found = look_at(page, axe, [reverse("account_login"), reverse("account_reset_password")])
    found += look_at(page, axe, ["/nowhere/"], status=HTTPStatus.NOT_FOUND)
    refused = [reverse("portal:administration"), reverse("portal:ledger")]
    found += look_at(signed_in(alice), axe, refused, status=HTTPStatus.FORBIDDEN)
    assert not found, "\n".join(found)


def test_every_page_in_dark_english(ward, anna, signed_in, client_of, axe, live_server):
    page = signed_in(anna, locale="en-GB")
    for name, value in (("yui_theme", "dark"), ("django_language", "en")):
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    found = look_at(page, axe, pages_of(ward, client_of(anna)))
    assert not found, "\n".join(found)


def test_every_page_on_a_narrow_screen_fits_it(ward, anna, signed_in, client_of, axe):
    page, wide = signed_in(anna, viewport={"width": 390, "height": 844}), {}

    def measure(address: str) -> None:
        root = "document.documentElement"
        over = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        if over > 0:
            wide[address] = over

    found = look_at(page, axe, pages_of(ward, client_of(anna)), then=measure)
    assert not found, "\n".join(found)
    assert not wide, "pages wider than the screen, by so many pixels"
