"""What is asked of every text before it is kept."""

import re

from yui.kernel.writing import personal_numbers
from yui.kernel.writing.characters import neutralised
from yui.people.commons.errors import NothingWritten, PersonalNumberWritten, TextTooLong

LONGEST_BODY = 40_000
LONGEST_TITLE = 200
_HINT = re.compile("個人番号|マイナンバー|まいなんばー|my ?number", re.IGNORECASE)
_NEAR = 40
"""How many characters before a number a hint may stand."""


def checked_text(text: str, *, longest: int = LONGEST_BODY, numbers_confirmed: bool = False) -> str:
    """Return what somebody wrote in the form in which it is kept.

    Args:
        numbers_confirmed: the author says that twelve-digit numbers in it are no 個人番号. It does not help
            where the text itself calls the number one.

    Raises:
        NothingWritten, TextTooLong: for no text, or more than ``longest`` characters.
        PersonalNumberWritten: where a number has the right check digit of a 個人番号.
    """
    words = neutralised(text).strip()
    if not words:
        raise NothingWritten
    if len(words) > longest:
        raise TextTooLong(longest)
    for number in personal_numbers(words):
        is_certain = bool(_HINT.search(words[max(0, number.start - _NEAR) : number.start]))
        if is_certain or not numbers_confirmed:
            raise PersonalNumberWritten(number.masked, is_certain=is_certain)
    return words
