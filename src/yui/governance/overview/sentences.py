"""Putting sentences and names one after the other as the reader's language does."""

from collections.abc import Iterable

from django.utils.translation import get_language


def _reads_japanese() -> bool:
    return (get_language() or "ja").startswith("ja")


def together(*sentences: str) -> str:
    """Return sentences as one text, empty ones left out: Japanese puts no space between them."""
    return ("" if _reads_japanese() else " ").join(filter(None, sentences))


def listed(names: Iterable[str]) -> str:
    """Return names as a list in one line."""
    return ("、" if _reads_japanese() else ", ").join(names)
