"""The form in which names are searched and sorted: width, case and kana folded together."""

import re
import unicodedata

_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SPACES = re.compile(r"\s+")


def normalise_key(text: str) -> str:
    """Return ``text`` for comparing: NFKC, case folded, ひらがな as カタカナ, single spaces.

    Models fill their ``name_key`` columns with it, and a search box is folded the same way, so that
    「ｼｽﾃﾑ」「しすてむ」「システム」 are one.
    """
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA_TO_KATAKANA)
    return _SPACES.sub(" ", plain).strip()
