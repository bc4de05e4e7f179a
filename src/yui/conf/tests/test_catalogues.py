"""Message catalogues compiled without gettext's tools."""

import gettext
import os
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from yui.conf.catalogues import PACKAGE, CatalogueError, compile_catalogues, stale_catalogues

GOOD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "取り込む"
msgstr "Import"

msgid "%(n)s件"
msgid_plural "%(n)s件"
msgstr[0] "%(n)s record"
msgstr[1] "%(n)s records"

#, fuzzy
msgid "確定する"
msgstr "Guess"
"""


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "room" / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    path = folder / "django.po"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_python_reads_what_was_compiled(source, tmp_path):
    compile_catalogues(tmp_path)
    with source.with_suffix(".mo").open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    assert catalogue.gettext("取り込む") == "Import"
    assert catalogue.ngettext("%(n)s件", "%(n)s件", 2) == "%(n)s records"


def test_a_guess_is_not_shown_to_readers(source, tmp_path):
    compile_catalogues(tmp_path)
    with source.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("確定する") == "確定する"


def test_only_what_changed_is_compiled_again(source, tmp_path):
    assert len(compile_catalogues(tmp_path)) == 1
    assert compile_catalogues(tmp_path) == []
    os.utime(source, ns=(2**62, 2**62))
    assert list(stale_catalogues(tmp_path)) == [source]


def test_a_broken_catalogue_is_named_and_the_old_one_kept(source, tmp_path):
    compiled = compile_catalogues(tmp_path)[0]
    before = compiled.read_bytes()
    source.write_text('msgid "a"\nmsgstr "b" "\nmsgi', encoding="utf-8")
    os.utime(source, ns=(2**62, 2**62))
    with pytest.raises(CatalogueError, match=r"django\.po"):
        compile_catalogues(tmp_path)
    assert compiled.read_bytes() == before


def test_every_catalogue_of_yui_can_be_compiled(tmp_path):
    from yui.conf.catalogues import compile_catalogue

    for number, source in enumerate(sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"))):
        folder = tmp_path / str(number) / "en" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        copy = folder / source.name
        copy.write_bytes(source.read_bytes())
        assert compile_catalogue(copy).stat().st_size > 0


def test_one_japanese_text_has_one_english_text_in_the_whole_house():
    """Django reads all catalogues as one: of two answers, one is shown everywhere."""
    answers: dict[tuple, dict] = {}
    for source in sorted(PACKAGE.glob("**/locale/en/LC_MESSAGES/*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale="en")
        room = source.relative_to(PACKAGE).parts[:-4]
        for message in catalogue:
            if message.id and message.string and not message.fuzzy:
                key = message.id if isinstance(message.id, str) else message.id[0]
                text = message.string if isinstance(message.string, str) else message.string[-1]
                answers.setdefault((message.context, key), {}).setdefault(text, "/".join(room))
    several = [f"{key}: {texts}" for key, texts in answers.items() if len(texts) > 1]
    assert not several, "agree on one English text, or tell the meanings apart by pgettext:\n" + "\n".join(
        several
    )


def test_an_installation_without_babel_starts():
    """The wheel does not ask for Babel, which only the checkout and the build have."""
    code = "import sys; sys.modules['babel'] = None; import yui.conf.commands.up, yui.conf.catalogues as c; "
    code += "from pathlib import Path; print(c.compile_catalogues(Path('/nowhere')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    )
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
