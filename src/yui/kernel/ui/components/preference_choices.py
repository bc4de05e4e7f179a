"""The reader's choices about the look, as groups of buttons that work without scripts."""

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.preferences import CHOICES, Preferences

TITLES: dict[str, Any] = {"density": _("行の間隔"), "theme": _("明るさ"), "font": _("書体")}
WORDS: dict[tuple[str, str], Any] = {
    ("density", "normal"): _("標準"),
    ("density", "roomy"): _("ゆったり"),
    ("density", "tight"): _("詰める"),
    ("theme", "system"): _("機器に合わせる"),
    ("theme", "light"): _("明るい"),
    ("theme", "dark"): _("暗い"),
    ("font", "noto"): "Noto Sans",
    ("font", "biz"): "BIZ UD",
    ("font", "system"): _("機器の書体"),
}


def preference_choices(chosen: Preferences) -> SafeString:
    """Return one group of buttons per choice; the chosen one is pressed."""
    return format_html_join(
        "",
        '<fieldset class="segments"><legend>{}</legend>{}</fieldset>',
        ((TITLES[name], _buttons(name, values, getattr(chosen, name))) for name, values in CHOICES.items()),
    )


def _buttons(name: str, values: tuple[str, ...], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<button type="submit" name="{}" value="{}" aria-pressed="{}">{}</button>',
        ((name, value, "true" if value == chosen else "false", WORDS[name, value]) for value in values),
    )
