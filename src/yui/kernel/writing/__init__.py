"""What people write: Markdown made safe, read as plain words, compared, searched for names and numbers."""

from yui.kernel.writing.differences import DifferenceKind, DifferenceLine, differences
from yui.kernel.writing.from_html import markdown_of
from yui.kernel.writing.mentions import mentions
from yui.kernel.writing.personal_numbers import PersonalNumber, personal_numbers
from yui.kernel.writing.plain import plain_text
from yui.kernel.writing.rendering import render

__all__ = [
    "DifferenceKind",
    "DifferenceLine",
    "PersonalNumber",
    "differences",
    "markdown_of",
    "mentions",
    "personal_numbers",
    "plain_text",
    "render",
]
