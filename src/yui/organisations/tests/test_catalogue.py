"""Every text of this room has its English entry, and no entry has lost its text."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOM = Path(__file__).parents[1]
CATALOGUE = ROOM / "locale" / "en" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "gettext", "gettext_lazy", "ngettext"}
SIMPLE = re.compile(r'{%\s*translate\s+"([^"]*)"|_\("([^"]*)"\)')
BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?)(?:{%\s*plural\s*%}.*?)?{%\s*endblocktranslate\s*%}")


def texts():
    for file in ROOM.rglob("*.py"):
        if not {"tests", "migrations"} & set(file.parts):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS:
                    yield node.args[0].value
    for file in (ROOM / "templates").rglob("*.html"):
        source = file.read_text(encoding="utf-8")
        yield from (first or second for first, second in SIMPLE.findall(source))
        yield from (re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text) for text in BLOCK.findall(source))


def test_the_english_catalogue_has_every_text_and_no_other():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, "en")
    entries = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in catalogue
        if message.id
    }
    assert set(texts()) == set(entries)
    assert all(all(text) if isinstance(text, tuple) else text for text in entries.values())


def test_placeholders_are_the_same_in_both_languages():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, "en")
    for message in catalogue:
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[0]
            translations = message.string if isinstance(message.string, tuple) else (message.string,)
            marks = sorted(re.findall(r"%\(\w+\)s|{\w+}", source))
            for text in translations:
                assert sorted(re.findall(r"%\(\w+\)s|{\w+}", text)) == marks, source
