"""What the files must keep to: no inline style or script, known icons, English for every text."""

import json
import re
from pathlib import Path

import pytest

from yui.kernel.ui import assets
from yui.kernel.ui.components.icons import ALIASES, SHAPES

PACKAGE = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>", re.IGNORECASE
    ),
    "an address elsewhere": re.compile(r"(?:src|<link[^>]*href)=[\"']?(?:https?:)?//", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "evaluated htmx": re.compile(r"hx-on\b|hx-vals=['\"]js:|hx-headers=['\"]js:", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_templates_keep_to_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")
    found = [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found, f"{path.name} holds {', '.join(found)}"


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("a style attribute", '<p class="x" style="color:red">'),
        ("an event attribute", '<a href="#" onclick="x()">'),
        ("an inline script", "<script>x()</script>"),
        ("an address elsewhere", '<script src="https://cdn.example/x.js">'),
    ],
)
def test_the_scan_finds_what_it_looks_for(name, sample):
    assert FORBIDDEN[name].search(sample)


def test_every_icon_that_templates_name_exists():
    named = {
        name for path in TEMPLATES for name in re.findall(r"\{% icon \"([^\"]+)\"", path.read_text("utf-8"))
    }
    assert named <= set(SHAPES) | set(ALIASES)


def test_address_of_an_asset_changes_with_its_content(tmp_path, monkeypatch):
    manifest = tmp_path / "manifest.json"
    monkeypatch.setattr(assets, "MANIFEST", manifest)
    assert assets.asset_url("app.css") == "/static/ui/build/app.css"
    manifest.write_text(json.dumps({"app.css": "abc"}))
    assert assets.asset_url("app.css").endswith("app.css?v=abc")
    assert assets.asset_url("unknown.css").endswith("unknown.css")


def test_every_text_of_the_kit_has_english():
    room = Path(assets.__file__).resolve().parent
    catalogue = (room / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text("utf-8")
    known = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', catalogue, re.MULTILINE))
    wanted = set()
    for path in (*room.glob("**/*.py"), *room.glob("templates/**/*.html")):
        if "tests" not in path.parts:
            text = path.read_text("utf-8")
            wanted |= set(re.findall(r'(?:\b_|gettext_lazy|gettext)\(\s*"([^"]+)"', text))
            wanted |= set(re.findall(r'\{% translate "([^"]+)"', text))
    assert {text for text in wanted if not known.get(text)} == set()
    assert list(known) == sorted(known)
