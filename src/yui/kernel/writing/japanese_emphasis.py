"""Emphasis beside Japanese: ``**「太字」**です`` is bold, which CommonMark alone does not see.

CommonMark lets a closing mark count only where a space or a sign follows a sign; Japanese sets no spaces
between words. Beside Chinese, Japanese and Korean letters a mark next to a sign counts as well, as the
amendment "markdown-cjk-friendly" proposes.
"""

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

EAST_ASIAN = (
    (0x1100, 0x11FF),
    (0x2E80, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFFEF),
    (0x20000, 0x3FFFF),
)
"""Blocks of letters and signs of Chinese, Japanese and Korean, with the full-width forms."""


def is_east_asian(sign: str) -> bool:
    """Return whether ``sign`` is a letter or a sign of Chinese, Japanese or Korean."""
    code = ord(sign)
    return any(first <= code <= last for first, last in EAST_ASIAN)


class JapaneseState(StateInline):
    """The state of the inline parser, with delimiter runs that know Japanese."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        """Return whether the run of marks at ``start`` may open and close emphasis, and its length."""
        marker, end = self.src[start], start
        while end < self.posMax and self.src[end] == marker:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        sign_before, sign_after = _is_sign(before), _is_sign(after)
        space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        left = not space_after and (not sign_after or space_before or sign_before or is_east_asian(before))
        right = not space_before and (not sign_before or space_after or sign_after or is_east_asian(after))
        return Scanned(
            left and (canSplitWord or not right or sign_before),
            right and (canSplitWord or not left or sign_after),
            end - start,
        )


def _is_sign(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


class JapaneseInline(ParserInline):
    """The inline parser that works with ``JapaneseState``."""

    def __init__(self, rules: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2 = rules.ruler, rules.ruler2

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Return the tokens of one paragraph's text."""
        state = JapaneseState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens
