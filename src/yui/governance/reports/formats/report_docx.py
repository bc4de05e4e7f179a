"""An edition as an editable Word file, the same bytes for the same content."""

from collections.abc import Mapping, Sequence
from typing import Any

from yui.governance.reports.engine.content import Content, said_about
from yui.governance.reports.formats.report_pdf import dated
from yui.kernel.paper.word import add_table, new_word, word_bytes


def report_docx(content: Content, language: str) -> bytes:
    """Return the edition as DOCX in one of its languages: headings, lists, tables with repeated headings."""
    told = content["languages"][language]
    word = new_word(
        title=told["title"], made_at=dated(content), language=told["language"], comments=told["notice"]
    )
    word.sections[0].header.paragraphs[0].text = told["notice"]
    word.sections[0].footer.paragraphs[0].text = told["title"]
    _write_head(word, told)
    for topic, heading, nothing in (
        ("decision", "decisions", "no_decisions"),
        ("change", "changes", "nothing"),
        ("risk", "risks", "nothing"),
    ):
        _write_said(
            word, told["words"][heading], said_about(content, language, topic), told["words"][nothing]
        )
    _write_indicators(word, told)
    _write_wards(word, told)
    if told["silent"]:
        word.add_heading(told["words"]["silent"], level=1)
        word.add_paragraph("、".join(told["silent"]))
    return word_bytes(word)


def _write_head(word: Any, told: Mapping[str, Any]) -> None:
    word.add_heading(told["title"], level=0)
    word.add_paragraph(" · ".join((told["period_text"], told["whose"], told["measured_text"])))
    for line in filter(None, (told["plan"], told["notice"])):
        word.add_paragraph(line)
    if told["counts"]:
        word.add_heading(told["words"]["summary"], level=1)
        word.add_paragraph(" / ".join(f"{name} {number}" for name, number in told["counts"]))


def _write_said(word: Any, heading: str, said: Sequence[Mapping[str, str]], nothing: str) -> None:
    """Write what is said of a topic; where nothing is, the words for that, and no heading without them."""
    if not said and not nothing:
        return
    word.add_heading(heading, level=1)
    if not said:
        word.add_paragraph(nothing)
    for each in said:
        where = " ".join(filter(None, (each["room"], each["link"])))
        word.add_paragraph(f"{each['text']}({where})" if where else each["text"], style="List Bullet")


def _write_indicators(word: Any, told: Mapping[str, Any]) -> None:
    words = told["words"]
    word.add_heading(words["indicator"], level=1)
    if not told["indicators"]:
        word.add_paragraph(words["no_indicators"])
        return
    has_median = any(each.get("median_text") for each in told["indicators"])
    names = ["value", "change", "year", "target", *(["median"] if has_median else []), "status"]
    for pillar in dict.fromkeys(each["pillar"] for each in told["indicators"]):
        word.add_heading(pillar, level=2)
        rows = [
            (f"{each['title']}({each['code']})", *(each.get(f"{name}_text") or "—" for name in names))
            for each in told["indicators"]
            if each["pillar"] == pillar
        ]
        add_table(word, (words["indicator"], *(words[name] for name in names)), rows)
    word.add_heading(words["outlook"], level=1)
    for each in told["indicators"]:
        word.add_paragraph().add_run(each["title"]).bold = True
        word.add_paragraph(each["outlook"])


def _write_wards(word: Any, told: Mapping[str, Any]) -> None:
    if told["wards"] is None:
        return
    word.add_heading(told["words"]["wards"], level=1)
    head = (told["words"]["ward"], *(code for code, _title in told["wards"]["titles"]))
    add_table(word, head, [(name, *values) for name, values in told["wards"]["rows"]])
