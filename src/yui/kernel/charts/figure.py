"""The whole figure around a drawing: title, drawing, finding, the data as a table, the download."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from yui.kernel.charts.engine.chart import Chart, ChartTable
from yui.kernel.charts.engine.markup import escaped, safe_url

NOTHING = SafeString("")


def figure_of(chart: Chart) -> SafeString:
    """Return a chart as a ``<figure>`` with everything that a reader needs beside the drawing."""
    # The drawing escaped every text in it when it was made.
    drawn = SafeString(chart.draw())
    table = None if chart.is_table else chart.as_table()
    return framed(chart.title, drawn, chart.finding, table, chart.download_url)


def framed(
    title: str, drawing: SafeString, finding: str, table: ChartTable | None, download_url: str = ""
) -> SafeString:
    """Return a drawing with its words and its table; a wide drawing scrolls by keyboard too."""
    return format_html(
        '<figure class="chart"><figcaption>{}</figcaption>'
        '<div class="chart-drawing" role="group" aria-label="{}" tabindex="0">{}</div>{}{}{}</figure>',
        _text(title),
        _text(title),
        drawing,
        format_html('<p class="chart-finding">{}</p>', _text(finding)) if finding else NOTHING,
        data_table(title, table) if table else NOTHING,
        _download(title, download_url),
    )


def data_table(title: str, table: ChartTable) -> SafeString:
    """Return the data as a table that opens on demand."""
    head = format_html_join(
        "",
        '<th scope="col"{}>{}</th>',
        ((_number_class(table, index), _text(header)) for index, header in enumerate(table.headers)),
    )
    body = format_html_join("", "<tr>{}</tr>", ((_row(table, row),) for row in table.rows))
    return format_html(
        '<details class="chart-data"><summary>{}</summary>'
        '<div class="chart-table" role="group" aria-label="{}" tabindex="0">'
        '<table><caption class="visually-hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></details>",
        _("表で見る"),
        _text(title),
        _text(title),
        head,
        body,
    )


def _text(text: str) -> SafeString:
    """Return escaped text without the characters that no page can hold."""
    return SafeString(escaped(text))


def _row(table: ChartTable, row: tuple[str, ...]) -> SafeString:
    """Return one row, its first cell as the heading."""
    first = format_html('<th scope="row">{}</th>', _text(row[0]))
    rest = format_html_join(
        "",
        "<td{}>{}</td>",
        ((_number_class(table, index), _text(cell)) for index, cell in enumerate(row) if index),
    )
    return first + rest


def _number_class(table: ChartTable, index: int) -> SafeString:
    """Return the class of a column of numbers."""
    return SafeString(' class="number"') if index in table.numeric else NOTHING


def _download(title: str, url: str) -> SafeString:
    """Return the link to the data as a file, where there is a safe address."""
    address = safe_url(url)
    if not address:
        return NOTHING
    return format_html(
        '<p class="chart-tools"><a href="{}">{}<span class="visually-hidden"> {}</span></a></p>',
        address,
        _("データをダウンロード"),
        _text(title),
    )
