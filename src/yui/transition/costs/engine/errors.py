"""What the engines cannot do here, and what to do about it."""

from django.utils.translation import gettext as _


class SparkMissing(Exception):
    """Spark, or what it needs, is not installed."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what} がないので Spark を使えません。").format(what=what)
            + _("yui-platform[spark] と Java 17 以上を入れるか、--engine duckdb を使ってください。")
        )
