"""Mean, median and 90th percentile of times to respond, with those still running counted as censored."""

from yui.security.soc.engine.response_times.summary import (
    Quantile,
    ResponseTimes,
    Span,
    quantile,
    summarise,
    survival,
)

__all__ = ["Quantile", "ResponseTimes", "Span", "quantile", "summarise", "survival"]
