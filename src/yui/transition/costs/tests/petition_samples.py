"""A petition as plain values, with every kind of part that a document can have."""

from yui.kernel.charts import StackedColumns, StackSeries
from yui.transition.costs.engine.query_hash import canonical, hash_of, hash_of_number
from yui.transition.costs.formats.petition import Document, Drawing, Exhibit, Number, Row, Table
from yui.transition.costs.queries.petitions import _words

QUESTION = {"kind": "distribution", "rule": "試験-1", "until": "2026-05"}


def number(cell, value, text, unit="区"):
    return Number(cell, f"項目 {cell}", value, text, unit, hash_of_number(QUESTION, cell))


def document(**changes) -> Document:
    """Return a petition with two exhibits, one of them without chart and table."""
    chart = StackedColumns(
        title="倍率ごとの区の数",
        finding="3区です。",
        unit="区",
        columns=("1〜1.5倍", "1.5〜2倍"),
        series=(StackSeries("区の数", (3, 4)),),
    )
    rows = (
        Row("1〜1.5倍", (number("1-1.5", "3", "3区"),)),
        Row("1.5〜2倍", (number("1.5-2", "4", "4区"),)),
        Row("2〜2.5倍", (number("2-2.5", "", "データなし"),)),
    )
    first = Exhibit(
        number=1,
        kind="distribution",
        title="倍率ごとの区の数",
        finding="7区をくらべました。",
        figures=(number("median", "1.62", "1.62倍", "倍"), number("none", "", "データなし", "円")),
        drawing=Drawing(chart.title, f"{chart.title}: {chart.finding}", chart.draw(), "column", (0,), "区"),
        table=Table("倍率ごとの区の数", "倍率", ("区の数",), rows),
        notes=("まとめて示しました。",),
        question=canonical(QUESTION),
        query_hash=hash_of(QUESTION),
    )
    second = Exhibit(
        2, "exchange", "為替", "外貨はありません。", (), None, None, (), canonical({}), hash_of({})
    )
    values = {
        "title": "運用経費についての要望",
        "sender": "港区",
        "addressees": ("デジタル大臣", "総務大臣"),
        "dated": "2026-06-01",
        "dated_text": "2026年6月1日(令和8年)",
        "moment": "2026-06-01T00:00:00+09:00",
        "state_text": "確定",
        "version": 2,
        "preamble": "前文の1行目\n=2行目",
        "requests": ("財政措置を行うこと。", "=HYPERLINK のような文字もそのまま書くこと。"),
        "exhibits": (first, second),
        "facts": (("データの時点", "2026年5月までの請求"),),
        "notice": "架空データ:試験の値です。",
        "words": _words(),
    }
    return Document(**(values | changes))
