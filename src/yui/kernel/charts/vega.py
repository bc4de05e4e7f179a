"""Larger charts as Vega-Lite specifications: drawn by the browser on screen, by vl-convert on paper."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from yui.kernel.charts.engine.chart import ChartTable
from yui.kernel.charts.figure import framed

PAPER_FONT = "Noto Sans CJK JP, Noto Sans JP, sans-serif"


@dataclass(frozen=True, kw_only=True)
class VegaChart:
    """A Vega-Lite chart with the words and the table that every chart has.

    ``spec`` is a specification or an ``altair.Chart``. Its data must be inside it: Yui fetches nothing, so a
    specification that names an address raises ``ValueError``.
    """

    spec: Any
    title: str
    finding: str
    table: ChartTable
    download_url: str = ""

    def __post_init__(self) -> None:
        if _names_address(self.specification):
            raise ValueError(f"the data of the chart {self.title!r} must be inside its specification")

    @property
    def specification(self) -> dict[str, Any]:
        """The specification as plain data."""
        found: dict[str, Any] = dict(self.spec) if isinstance(self.spec, Mapping) else self.spec.to_dict()
        return found

    @property
    def spec_id(self) -> str:
        """A name for the specification on the page, the same for the same chart."""
        written = json.dumps([self.title, self.specification], sort_keys=True, default=str)
        return f"vega-{hashlib.sha256(written.encode()).hexdigest()[:12]}"

    def figure(self) -> SafeString:
        """Return the chart as a ``<figure>``: the specification as data, drawn once scripts have come."""
        canvas = format_html(
            '<div class="chart-canvas" data-vega="#{}"></div>{}',
            self.spec_id,
            json_script(self.specification, self.spec_id),
        )
        return framed(self.title, canvas, self.finding, self.table, self.download_url)

    def to_svg(self) -> str:
        """Return the chart as SVG for paper."""
        # vl-convert carries a JavaScript engine of 80 MB; only paper needs it.
        import vl_convert

        svg: str = vl_convert.vegalite_to_svg(self.specification, config=_paper(), allowed_base_urls=[])
        return svg

    def to_png(self, scale: float = 2.0) -> bytes:
        """Return the chart as PNG for paper, ``scale`` times its size on screen."""
        # Heavy, and wanted for paper alone.
        import vl_convert

        png: bytes = vl_convert.vegalite_to_png(
            self.specification, scale=scale, config=_paper(), allowed_base_urls=[]
        )
        return png


def _paper() -> dict[str, Any]:
    """Return the look on paper: black on white, a font with Japanese."""
    return {"font": PAPER_FONT, "background": "white"}


def _names_address(part: Any) -> bool:
    """Tell whether any data source in a specification is an address."""
    if isinstance(part, Mapping):
        data = part.get("data")
        if isinstance(data, Mapping) and "url" in data:
            return True
        # Rows of data may have a column called "data"; they are no specification.
        return any(_names_address(value) for key, value in part.items() if key not in {"values", "datasets"})
    return isinstance(part, list) and any(map(_names_address, part))
