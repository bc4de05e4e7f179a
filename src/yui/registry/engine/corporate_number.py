"""法人番号: thirteen digits, of which the first checks the other twelve.

The check digit is 9 − (Σ Pₙ·Qₙ mod 9), where Pₙ is the n-th digit counted from the right of the twelve
base digits and Qₙ is 1 for odd n and 2 for even n (Ministry of Finance ordinance on corporate numbers).
"""

BASE_DIGITS = 12


def check_digit(base: str) -> int:
    """Return the check digit of twelve base digits.

    Raises:
        ValueError: when ``base`` is not twelve ASCII digits.
    """
    if len(base) != BASE_DIGITS or not (base.isascii() and base.isdigit()):
        raise ValueError(f"a corporate number is made of twelve digits and one that checks them: {base!r}")
    total = sum(int(digit) * (1 if n % 2 else 2) for n, digit in enumerate(reversed(base), start=1))
    return 9 - total % 9


def is_corporate_number(text: str) -> bool:
    """Tell whether the text is thirteen ASCII digits with the right check digit in front."""
    if len(text) != BASE_DIGITS + 1 or not (text.isascii() and text.isdigit()):
        return False
    return int(text[0]) == check_digit(text[1:])
