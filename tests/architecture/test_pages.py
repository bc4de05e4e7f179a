"""Templates obey the Content-Security-Policy and speak both languages."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from tests.architecture.sources import PACKAGE, production_sources, report, templates

INLINE = {
    "inline style attribute": re.compile(r"\sstyle\s*=", re.I),
    "inline style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)", re.I
    ),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "evaluated attribute": re.compile(r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "address outside Yui": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I),
}
IN_PYTHON = re.compile(r"<[a-z][^>]*\sstyle\s*=|<script\b(?![^>]*src=)|<style\b", re.I)
TRANSLATORS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ㐀-鿿]")
SAME_EVERYWHERE = re.compile("結|日本語")
"""The product's name, and a language's name for itself."""


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_inline(what):
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in templates()
        if path.suffix in {".html", ".svg"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if INLINE[what].search(line)
    ]
    assert not found, report(found, what)


def test_code_writes_nothing_inline():
    found = [
        f"{source.name}:{node.lineno}"
        for source in production_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and IN_PYTHON.search(node.value)
    ]
    assert not found, report(found, "markup with inline style or script")


@cache
def english() -> frozenset[str]:
    """The msgids with an English text in any application's catalogue: Django reads them as one."""
    catalogues = PACKAGE.rglob("locale/en/LC_MESSAGES/django.po")
    return frozenset(msgid for path in catalogues for msgid in translated(path))


def translated(path: Path) -> set[str]:
    """The msgids of one catalogue that have a text."""
    found, field, values = set(), "", {"msgid": "", "msgstr": ""}

    def keep() -> None:
        if values["msgid"] and values["msgstr"]:
            found.add(values["msgid"])

    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?|msgctxt)\s+(".*")$', line)
        if match:
            if match.group(1) == "msgid":
                keep()
                values = {"msgid": "", "msgstr": ""}
            field = match.group(1).partition("[")[0]
            values[field] = values.get(field, "") + ast.literal_eval(match.group(2))
        elif line.startswith('"'):
            values[field] = values.get(field, "") + ast.literal_eval(line)
    keep()
    return found


def spoken(tree: ast.AST) -> list[tuple[int, str]]:
    """The texts handed to a translator in Python code."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TRANSLATORS:
            place = 1 if getattr(node.func, "id", "").startswith("pgettext") else 0
            if len(node.args) > place and isinstance(node.args[place], ast.Constant):
                found.append((node.lineno, str(node.args[place].value)))
    return found


def test_every_text_of_the_code_has_an_english_one():
    found = [
        f"{source.name}:{line} {text!r}"
        for source in production_sources()
        for line, text in spoken(source.tree)
        if text and text not in english()
    ]
    assert not found, report(found, "texts without an English entry in a catalogue")


def test_every_text_of_the_templates_has_an_english_one():
    found = []
    for path in templates():
        try:
            code = templatize(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError) as problem:
            found.append(f"{path.relative_to(PACKAGE)}: {problem}")
            continue
        quoted = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
        for match in re.finditer(rf"\b(?:n?gettext|_)\({quoted}", code):
            text = ast.literal_eval(match.group(1))
            if text and text not in english():
                found.append(f"{path.relative_to(PACKAGE)} {text!r}")
    assert not found, report(found, "texts without an English entry in a catalogue")


def test_templates_show_japanese_only_through_the_translator():
    found = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        bare = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.S)
        bare = re.sub(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}", "", bare, flags=re.S)
        bare = SAME_EVERYWHERE.sub("", bare)
        if match := JAPANESE.search(bare):
            found.append(
                f"{path.relative_to(PACKAGE)} …{bare[max(0, match.start() - 10) : match.end() + 20]!r}"
            )
    assert not found, report(found, "Japanese text that no translator sees")


def test_every_style_sheet_is_part_of_the_build():
    folder = PACKAGE.parents[1] / "web" / "css"
    entry = folder / "app.css"
    imported = set(re.findall(r'@import "\./([^"]+)"', entry.read_text(encoding="utf-8")))
    sheets = {path.relative_to(folder).as_posix() for path in folder.rglob("*.css")} - {"app.css"}
    assert sheets == imported
