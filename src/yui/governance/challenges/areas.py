"""Areas whose figures evidence may show: the nation, Tokyo, and the wards, by their official codes."""

from django.utils.translation import get_language, pgettext

from yui.organisations.public import WARDS

NATION, TOKYO = "000000", "130001"


def area_choices() -> list[tuple[str, str]]:
    """Return code and name of each area, the widest first, in the reader's language."""
    is_english = (get_language() or "").startswith("en")
    wards = [(ward.code, ward.name_en if is_english else ward.name_ja) for ward in WARDS]
    return [(NATION, pgettext("area", "全国")), (TOKYO, pgettext("area", "東京都")), *wards]


def is_area(code: str) -> bool:
    """Tell whether a code names one of the areas."""
    return code in {NATION, TOKYO} or any(ward.code == code for ward in WARDS)


def area_name(code: str) -> str:
    """Return an area's name in the reader's language; the code itself where none has it."""
    return dict(area_choices()).get(code, code)
