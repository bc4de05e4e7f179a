"""Mean, median and 90th percentile of times to respond, with those still running counted as censored."""

from yui.security.soc.engine.response_times.periods import Interval, PeriodSpans, spans_within
from yui.security.soc.engine.response_times.summary import (
    Quantile,
    ResponseTimes,
    Span,
    quantile,
    summarise,
    survival,
)

__all__ = [
    "Interval",
    "PeriodSpans",
    "Quantile",
    "ResponseTimes",
    "Span",
    "quantile",
    "spans_within",
    "summarise",
    "survival",
]
