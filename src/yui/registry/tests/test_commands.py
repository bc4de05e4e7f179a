"""``yui registry export``."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from yui.registry.commands.export import Command


def test_a_table_is_written_as_csv_and_xlsx(tmp_path, minato, system):
    for name in ("systems.csv", "systems.xlsx"):
        call_command(Command(), ward=minato.code, what="systems", out=tmp_path / name)
    assert system.code in (tmp_path / "systems.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "systems.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("ward", "name", "word"), [("999999", "a.csv", "999999"), ("131032", "a.pdf", ".csv")]
)
def test_what_cannot_be_is_said(ward, name, word, tmp_path, minato):
    with pytest.raises(CommandError, match=word):
        call_command(Command(), ward=ward, what="systems", out=tmp_path / name)
