"""The handbook names what the code offers, and nothing that it does not."""

import re

from tests.architecture.sources import ROOT, production_sources, report
from yui.kernel.measures.registry import measures

SETTING = re.compile(r"\bYUI_[A-Z][A-Z_]*[A-Z]\b")
READ_BY_CODE = re.compile(r"[\"'](YUI_[A-Z][A-Z_]*[A-Z])[\"']")


def handbook() -> str:
    """Every page of docs/, as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md")))


def settings_read() -> set[str]:
    """The variables that the code reads."""
    return {name for source in production_sources() for name in READ_BY_CODE.findall(source.text)}


def test_every_setting_is_documented():
    page = ROOT / "docs" / "operations" / "settings.md"
    assert page.is_file(), "docs/operations/settings.md is missing"
    documented = set(SETTING.findall(page.read_text(encoding="utf-8")))
    missing = sorted(settings_read() - documented)
    assert not missing, report(missing, "settings that docs/operations/settings.md does not explain")


def test_the_handbook_names_no_setting_that_is_not_read():
    elsewhere = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [
            ROOT / "Makefile",
            ROOT / "conftest.py",
            *ROOT.glob(".ci/*"),
            *ROOT.glob("benchmarks/*.py"),
        ]
    )
    known = settings_read() | set(SETTING.findall(elsewhere))
    known |= {
        name
        for path in ROOT.glob("**/tests/*.py")
        for name in SETTING.findall(path.read_text(encoding="utf-8"))
    }
    unknown = sorted(set(SETTING.findall(handbook())) - known)
    assert not unknown, report(unknown, "settings that nothing reads")


def test_every_measure_is_documented():
    text = handbook()
    missing = sorted(code for code in measures() if code not in text)
    assert not missing, report(missing, "measures that no page of docs/ names")
