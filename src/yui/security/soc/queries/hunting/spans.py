"""How long the spans of hunts are."""

from datetime import timedelta

from yui.security.soc.models import HuntSpan

LENGTHS = {
    HuntSpan.QUARTER: timedelta(minutes=15),
    HuntSpan.HOUR: timedelta(hours=1),
    HuntSpan.DAY: timedelta(hours=24),
    HuntSpan.WEEK: timedelta(days=7),
    HuntSpan.MONTH: timedelta(days=30),
    HuntSpan.QUARTER_YEAR: timedelta(days=90),
}
