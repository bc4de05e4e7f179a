"""Registration of the chart tags and their catalogue."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Server-made charts; the app also carries the English texts of the calendar and of money."""

    name = "yui.kernel.charts"
    label = "charts"
