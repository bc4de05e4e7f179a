"""The tile map of the wards is read whole: no name and no value is cut off, from a telephone to a wall."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HEIGHT = 900
WIDTHS = (390, 1024, 1440, 1920, 3840)
CUT = """values => [null, ...values].flatMap(value =>
  [...document.querySelectorAll(".tile")].flatMap(tile => {
  const shown = tile.querySelector(".tile-value");
  if (value !== null) shown.textContent = value;
  const inside = tile.getBoundingClientRect();
  return [...tile.querySelectorAll(".tile-name, .tile-value")].filter(part => {
    const text = document.createRange();
    text.selectNodeContents(part);
    const box = text.getBoundingClientRect();
    return part.scrollWidth > part.clientWidth || box.right > inside.right || box.bottom > inside.bottom;
  }).map(part => part.textContent);
}))"""
"""Which texts reach beyond their tile or are cut off in it, as the page is and with other values."""


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("/soc/wall/", ["1,234 (567)", "12,345 (1,234)"]),
        ("/soc/", ["1,234 (567)", "12,345 (1,234)"]),
        ("/", ["1億2,340万円", "12,345件", "No data"]),
    ],
)
def test_no_tile_is_cut(address, values, language, ward, anna, signed_in, live_server):
    page = signed_in(anna)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page.goto(address)
    assert page.locator(".tile").count() >= 1
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"{width}: {text}" for text in page.evaluate(CUT, values)]
    assert not found, "\n".join(found)
