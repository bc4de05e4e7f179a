"""Names as people write them, folded for comparing."""

import re
import unicodedata

_SPACE = re.compile(r"[\s\u3000]+")


def fold_width(text: str) -> str:
    """Return the text in one width (NFKC: full-width letters and digits become ASCII), trimmed."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def name_key(text: str) -> str:
    """Return the key by which two spellings of one name are found equal: NFKC, no spaces, lower case."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()
