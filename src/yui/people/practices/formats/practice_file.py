"""``yui-practices-1``: the practices of a ward as JSON, read without trust.

Written by ``yui practices export``. Of each practice the latest wording is read, with its figures; reviews,
adoptions and files are the other installation's and are left there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

FORMAT = "yui-practices-1"
LARGEST_BYTES = 50_000_000
MOST_PRACTICES = 10_000
TEXTS = {
    "title": 120, "problem": 8000, "approach": 8000, "effect_note": 8000, "cost_note": 8000, "staffing": 8000,
    "preconditions": 8000, "reuse_steps": 8000, "pitfalls": 8000,
}  # fmt: skip
"""The texts of a wording with the most characters that each may have."""


class PracticeFileError(ValueError):
    """The file as a whole is not what it should be; ``place`` names where, ``wrong`` a code of what."""

    def __init__(self, place: str, wrong: str) -> None:
        self.place, self.wrong = place, wrong
        super().__init__(f"{place}: {wrong}")


@dataclass(frozen=True)
class FiledEffect:
    """A figure as the file gives it."""

    name: str
    unit: str
    before: Decimal
    after: Decimal
    grade: str
    volume_per_year: int | None
    measured_on: date | None
    method: str


@dataclass(frozen=True)
class FiledPractice:
    """A practice as the file gives it; ``key`` is its name in the installation that wrote the file."""

    key: str
    kind: str
    licence: str
    contact: str
    area_codes: tuple[str, ...]
    texts: Mapping[str, str]
    initial_yen: int | None
    annual_yen: int | None
    started_on: date | None
    ended_on: date | None
    effects: tuple[FiledEffect, ...]


def read_practices(content: bytes) -> list[FiledPractice | PracticeFileError]:
    """Return the practices of a file in order, in the place of each that is wrong the error.

    Raises:
        PracticeFileError: when the file as a whole cannot be read.
    """
    if len(content) > LARGEST_BYTES:
        raise PracticeFileError("$", "too_large")
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PracticeFileError("$", "no_json") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise PracticeFileError("$.format", "other_format")
    listed = whole.get("practices")
    if not isinstance(listed, list) or len(listed) > MOST_PRACTICES:
        raise PracticeFileError("$.practices", "no_list")
    owner = str(whole.get("organisation", ""))[:12]
    return [_read(each, owner, f"$.practices[{place}]") for place, each in enumerate(listed)]


def _read(given: Any, owner: str, place: str) -> FiledPractice | PracticeFileError:
    """Return one practice, or what is wrong with it."""
    try:
        return _practice(given, owner, place)
    except PracticeFileError as error:
        return error


def _practice(given: Any, owner: str, place: str) -> FiledPractice:
    versions = given.get("versions") if isinstance(given, dict) else None
    if not isinstance(versions, list) or not versions or not isinstance(versions[-1], dict):
        raise PracticeFileError(f"{place}.versions", "no_list")
    said, where = versions[-1], f"{place}.versions[{len(versions) - 1}]"
    texts = {name: _text(said, name, where, most) for name, most in TEXTS.items()}
    if not texts["title"].strip():
        raise PracticeFileError(f"{where}.title", "missing")
    effects = said.get("effects", [])
    if not isinstance(effects, list):
        raise PracticeFileError(f"{where}.effects", "no_list")
    areas = given.get("area_codes", [])
    return FiledPractice(
        key=_key(given, owner, place),
        kind=_text(given, "kind", place, 8),
        licence=_text(given, "licence", place, 12),
        contact=_text(given, "contact", place, 160),
        area_codes=tuple(str(code) for code in areas) if isinstance(areas, list) else (),
        texts=texts,
        initial_yen=_whole(said, "initial_yen", where),
        annual_yen=_whole(said, "annual_yen", where),
        started_on=_day(said, "started_on", where),
        ended_on=_day(said, "ended_on", where),
        effects=tuple(_effect(each, f"{where}.effects[{n}]") for n, each in enumerate(effects)),
    )


def _key(given: Mapping[str, Any], owner: str, place: str) -> str:
    """Return how the file's installation names the practice."""
    number = given.get("id")
    if not owner.isalnum() or isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise PracticeFileError(f"{place}.id", "no_whole_number")
    return f"{owner}-{number}"[:100]


def _effect(given: Any, place: str) -> FiledEffect:
    if not isinstance(given, dict):
        raise PracticeFileError(place, "no_object")
    return FiledEffect(
        name=_text(given, "name", place, 120),
        unit=_text(given, "unit", place, 16),
        before=_amount(given, "before", place),
        after=_amount(given, "after", place),
        grade=_text(given, "grade", place, 10),
        volume_per_year=_whole(given, "volume_per_year", place),
        measured_on=_day(given, "measured_on", place),
        method=_text(given, "method", place, 400),
    )


def _text(given: Mapping[str, Any], name: str, place: str, most: int) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str) or not _can_be_kept(value):
        raise PracticeFileError(f"{place}.{name}", "no_text")
    if len(value) > most:
        raise PracticeFileError(f"{place}.{name}", "too_long")
    return value


def _can_be_kept(text: str) -> bool:
    """Tell whether a database can hold the text: half characters and NUL it cannot."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _whole(given: Mapping[str, Any], name: str, place: str) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise PracticeFileError(f"{place}.{name}", "no_whole_number")
    return value


def _amount(given: Mapping[str, Any], name: str, place: str) -> Decimal:
    try:
        amount = Decimal(str(given.get(name)))
    except InvalidOperation as error:
        raise PracticeFileError(f"{place}.{name}", "no_number") from error
    if not amount.is_finite():
        raise PracticeFileError(f"{place}.{name}", "no_number")
    return amount


def _day(given: Mapping[str, Any], name: str, place: str) -> date | None:
    value = given.get(name)
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise PracticeFileError(f"{place}.{name}", "no_date") from error
