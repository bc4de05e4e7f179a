"""Every text of the room's code and templates has its English entry."""

import ast
import re
from pathlib import Path

ROOM = Path(__file__).parents[1]
MARKS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "translated": 0, "pgettext": 1, "pgettext_lazy": 1}
"""The functions that translate, with the place of the text among their arguments."""
IN_TEMPLATES = re.compile(r'{%\s*translate\s+"([^"]*)"|_\("([^"]*)"\)')


def texts_of_code():
    for file in ROOM.rglob("*.py"):
        if {"tests", "migrations"} & set(file.parts):
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                argument = node.args[MARKS[node.func.id]]
                if isinstance(argument, ast.Constant):
                    yield argument.value


def texts_of_templates():
    for file in (ROOM / "templates").rglob("*.html"):
        for found in IN_TEMPLATES.finditer(file.read_text(encoding="utf-8")):
            yield found.group(1) or found.group(2)


def entries():
    catalogue = (ROOM / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', catalogue, re.MULTILINE))


def test_no_text_lacks_its_english():
    known = entries()
    texts = {*texts_of_code(), *texts_of_templates()}
    assert texts
    assert {text for text in texts if not known.get(text)} == set()


def test_no_english_entry_is_left_over_without_its_text():
    written = {text.replace("\n", "") for text in {*texts_of_code(), *texts_of_templates()}}
    blocks = {text for text in entries() if "%(" in text}
    assert set(entries()) - written - blocks == set()
