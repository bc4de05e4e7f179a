"""Areas by their official codes: the wards, 東京都, the nation, and any other municipality.

Codes are 全国地方公共団体コード of six digits. Files often leave the check digit out, or write a name.
"""

import re
import unicodedata

from django.utils.translation import get_language, pgettext

from yui.organisations.public import WARDS, is_valid_code, with_check_digit

NATION = "000000"
TOKYO = "130001"
PREFECTURES = 47
WARD_CODES = tuple(ward.code for ward in WARDS)

_WARD_NAMES = {ward.code: (ward.name_ja, ward.name_en) for ward in WARDS}
_BY_NAME = {
    **{ward.name_ja: ward.code for ward in WARDS},
    **{f"東京都{ward.name_ja}": ward.code for ward in WARDS},
    **{f"特別区{ward.name_ja}": ward.code for ward in WARDS},
    **{ward.name_en.casefold().replace(" ", ""): ward.code for ward in WARDS},
    "東京都": TOKYO,
    "tokyo": TOKYO,
    **dict.fromkeys(("全国", "全国計", "全国平均", "日本", "japan"), NATION),
}
_BLANKS = re.compile(r"\s+")
_DIGITS = re.compile(r"[0-9]{1,6}")
_NATION_CODES = frozenset({"0", "00", "000", "0000", "00000", "000000", "000001"})


def area_of(text: str) -> str | None:
    """Return the six-digit code that a text means; None where it means none.

    Understood are codes of six digits with a right check digit, codes of five without it, codes of
    prefectures (``13``), ``00000`` for the nation, and the names of the wards, 東京都 and 全国.
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    if plain in _NATION_CODES:
        return NATION
    if not _DIGITS.fullmatch(plain):
        return None
    if len(plain) == 6:
        return plain if is_valid_code(plain) and _in_a_prefecture(plain) else None
    if len(plain) == 5:
        return with_check_digit(plain) if _in_a_prefecture(plain) else None
    if len(plain) > 2 or not _in_a_prefecture(plain.zfill(2)):
        return None
    return with_check_digit(f"{plain.zfill(2)}000")


def _in_a_prefecture(code: str) -> bool:
    return 1 <= int(code[:2]) <= PREFECTURES


def area_name(code: str) -> str:
    """Return the name of an area in the reader's language; the code where it is none of ours."""
    if code in _WARD_NAMES:
        is_english = (get_language() or "").startswith("en")
        return _WARD_NAMES[code][1 if is_english else 0]
    if code == NATION:
        return pgettext("area", "全国")
    return pgettext("area", "東京都") if code == TOKYO else code
