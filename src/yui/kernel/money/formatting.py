"""Writing yen for readers."""

from django.utils.translation import get_language

MAN = 10_000
OKU = 100_000_000
CHO = 1_000_000_000_000
EXACT_BELOW = 100 * MAN


def format_yen(amount: int) -> str:
    """Write yen at a glance: ``123,456円``, ``1億2,340万円``, ``▲3兆4,500億円``.

    Below one million yen the amount is exact; below one trillion it is rounded to 万円, above to 億円 (halves
    away from zero). Readers in other languages than Japanese get the exact amount, as ``¥123,400,000``.
    """
    if not _reads_japanese() or abs(amount) < EXACT_BELOW:
        return format_yen_exact(amount)
    size = abs(amount)
    size = _rounded(size, MAN)
    if size >= CHO:
        size = _rounded(abs(amount), OKU)
    parts = (
        (size // CHO, "兆"),
        (size % CHO // OKU, "億"),
        (size % OKU // MAN, "万"),
    )
    return _sign(amount) + "".join(f"{count:,}{unit}" for count, unit in parts if count) + "円"


def format_yen_exact(amount: int) -> str:
    """Write every yen: ``123,400,000円``, ``▲1,200円``; to readers of other languages ``-¥1,200``."""
    if _reads_japanese():
        return f"{_sign(amount)}{abs(amount):,}円"
    return f"{'-' if amount < 0 else ''}¥{abs(amount):,}"


def _rounded(size: int, unit: int) -> int:
    """Round a non-negative size to a whole number of units, halves up."""
    return (size + unit // 2) // unit * unit


def _sign(amount: int) -> str:
    """The sign that Japanese public accounts put before a negative amount."""
    return "▲" if amount < 0 else ""


def _reads_japanese() -> bool:
    """Tell whether the active language is Japanese; without any active language it is."""
    return (get_language() or "ja").startswith("ja")
