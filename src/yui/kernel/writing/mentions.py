"""People named in a text: ``@職員ID``."""

import re
from collections.abc import Iterator

from yui.kernel.writing.parsing import LONGEST_TEXT, tokens_of

MENTION = re.compile(
    r"(?<![0-9A-Za-z_.+/@＠-])[@＠]([0-9A-Za-z](?:[0-9A-Za-z_.+-]{0,62}[0-9A-Za-z_])?)(?![0-9A-Za-z@＠])"
)
"""``@`` (either width) and a sign-in id (letters, digits, ``. _ + -``, at most 64), not inside an address."""


def mentions(text: str) -> tuple[str, ...]:
    """Return the sign-in ids that ``text`` mentions, in small letters, each once, in order.

    Code, links and mail addresses mention nobody. Whether such a person exists is the caller's to ask.
    """
    if len(text) > LONGEST_TEXT:
        return ()
    return tuple(dict.fromkeys(name.lower() for run in _free_text(text) for name in MENTION.findall(run)))


def _free_text(text: str) -> Iterator[str]:
    """Yield the runs of text that are neither code nor part of a link."""
    for block in tokens_of(text):
        within_link = 0
        for token in block.children or []:
            if token.type == "link_open":
                within_link += 1
            elif token.type == "link_close":
                within_link -= 1
            elif token.type == "text" and not within_link:
                yield token.content
