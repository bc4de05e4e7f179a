"""axe finds nothing to mend on any page: in light Japanese all of them, otherwise each third in its turn."""

from pathlib import Path

import pytest
from django.urls import reverse

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


def pages_of(made) -> list[str]:
    """Return the address of every page to look at."""
    keys, code = made.keys, made.ward.code
    of_room = {
        "portal": [
            ("home",), ("ward", code), ("work",), ("notifications",), ("administration",), ("ledger",),
            ("about",),
        ],
        "indicators": [
            ("tree",), ("measures",), ("report",), ("indicator", "1-kgi-1"), ("records", "1-kgi-1"),
        ],
        "registry": [
            ("systems",), ("system", keys["system"]), ("system-new",), ("system-edit", keys["system"]),
            ("system-contracts", keys["system"]), ("system-links", keys["system"]),
            ("system-operations", keys["system"]), ("system-availability", keys["system"]),
            ("system-history", keys["system"]), ("system-retire", keys["system"]), ("links",), ("vendors",),
            ("sheets",), ("contracts",), ("contract-new",), ("contract", keys["contract"]), ("expiry",),
            ("migration",), ("migration-progress",), ("migration-record", code, "01"), ("outages",),
            ("outage-new",), ("outage", keys["outage"]), ("availability",), ("maintenance",),
            ("maintenance-new",), ("changes",), ("change-new",), ("change", keys["change"]),
        ],
        "costs": [
            ("overview",), ("bills",), ("bill", keys["bill"]), ("import",), ("expenditure",), ("rates",),
            ("mappings",), ("business",), ("unit-costs",), ("allocated-costs",),
            ("allocated", keys["allocated"]), ("allocation-rules",), ("allocation-rule-new",),
            ("allocation-rule", keys["allocation_rule"]),
            ("allocation-version-new", keys["allocation_rule"]),
            ("allocation-version", keys["allocation_version"]), ("residents",), ("usage",), ("account-uses",),
        ],
        "exchange": [("index",), ("run", keys["run"]), ("new", "registry.systems")],
        "tasks": [("jobs",), ("job", keys["job"])],
        "organisations": [
            ("organisations",), ("organisation", code), ("departments", code), ("members", code),
            ("member", code, keys["user"]), ("member_new", code), ("providers", code), ("sessions",),
            ("settings",),
        ],
        "ui": [("style",)],
    }  # fmt: skip
    named = [
        reverse(f"{room}:{name}", args=arguments)
        for room, pages in of_room.items()
        for name, *arguments in pages
    ]
    return [*named, f"{reverse('portal:search')}?q=架空"]


def look_at(page, axe: str, addresses: list[str]) -> list[str]:
    """Return what axe finds on each page."""
    found = []
    for address in addresses:
        answer = page.goto(address)
        if answer.status != 200:
            found.append(f"{address}: {answer.status}")
            continue
        page.evaluate(axe)
        found += [f"{address}: {violation}" for violation in page.evaluate(CHECK)]
    return found


def test_every_page_in_light_japanese(ward, anna, signed_in, axe):
    found = look_at(signed_in(anna), axe, pages_of(ward))
    assert not found, "\n".join(found)


def test_the_sign_in_page(ward, browser, live_server, axe):
    page = browser.new_page(base_url=live_server.url, locale="ja-JP")
    found = look_at(page, axe, [reverse("account_login"), reverse("account_reset_password")])
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("turn", "cookie", "options"),
    [
        (0, ("yui_theme", "dark"), {}),
        (1, ("django_language", "en"), {"locale": "en-GB"}),
        (2, ("yui_density", "comfortable"), {"viewport": {"width": 390, "height": 844}}),
    ],
    ids=["dark", "english", "narrow"],
)
def test_a_third_of_the_pages_in_another_look(turn, cookie, options, ward, anna, signed_in, axe, live_server):
    page = signed_in(anna, **options)
    page.context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": live_server.url}])
    found = look_at(page, axe, pages_of(ward)[turn::3])
    assert not found, "\n".join(found)
