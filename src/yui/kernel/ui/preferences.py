"""What a reader may choose about the look: density, theme and font, kept in cookies."""

from collections.abc import Mapping
from dataclasses import dataclass

DENSITIES = ("normal", "roomy", "tight")
THEMES = ("system", "light", "dark")
FONTS = ("noto", "biz", "system")
CHOICES = {"density": DENSITIES, "theme": THEMES, "font": FONTS}
COOKIE_PREFIX = "yui_"


@dataclass(frozen=True)
class Preferences:
    """The chosen look; unknown or missing cookie values fall back to the first choice."""

    density: str = DENSITIES[0]
    theme: str = THEMES[0]
    font: str = FONTS[0]


def read_preferences(cookies: Mapping[str, str]) -> Preferences:
    """Return the look that ``cookies`` ask for; values outside the offered choices are ignored."""
    chosen = {name: cookies.get(f"{COOKIE_PREFIX}{name}", "") for name in CHOICES}
    return Preferences(**{name: value for name, value in chosen.items() if value in CHOICES[name]})
