"""Which tables are kept, and their rows as JSON that means the same on either database."""

import base64
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

_NOT_KEPT = {"sessions.Session", "search.DirtyDocument", "backup.Restoration"}
"""Emptied by a restore: sign-ins end, the index is built anew, and the restore notes itself."""

Convert = Callable[[Any], Any]


class UnknownColumn(TypeError):
    """A model has a field of a type that the archive cannot hold."""


def _same(value: Any) -> Any:
    return value


def _iso(value: date | datetime | time) -> str:
    return value.isoformat()


def _to_base64(value: Any) -> str:
    return base64.b64encode(bytes(value)).decode("ascii")


def _microseconds(value: timedelta) -> int:
    return (value.days * 86_400 + value.seconds) * 1_000_000 + value.microseconds


def _from_microseconds(value: int) -> timedelta:
    return timedelta(microseconds=value)


_PLAIN = (
    "AutoField BigAutoField SmallAutoField BooleanField CharField EmailField FilePathField FileField "
    "FloatField GenericIPAddressField IPAddressField ImageField IntegerField BigIntegerField JSONField "
    "SmallIntegerField PositiveBigIntegerField PositiveIntegerField PositiveSmallIntegerField SlugField "
    "TextField URLField"
)
_CONVERSIONS: dict[str, tuple[Convert, Convert]] = {
    **dict.fromkeys(_PLAIN.split(), (_same, _same)),
    "BinaryField": (_to_base64, base64.b64decode),
    "DateField": (_iso, date.fromisoformat),
    "DateTimeField": (_iso, datetime.fromisoformat),
    "DecimalField": (str, Decimal),
    "DurationField": (_microseconds, _from_microseconds),
    "TimeField": (_iso, time.fromisoformat),
    "UUIDField": (str, uuid.UUID),
}


def every_model() -> list[type[Model]]:
    """Return every model with a table of its own, links between records included, by label."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]
    return sorted(models, key=lambda model: model._meta.label)


def kept_models() -> list[type[Model]]:
    """Return the models whose rows an archive holds."""
    return [model for model in every_model() if model._meta.label not in _NOT_KEPT]


def stored_fields(model: type[Model]) -> list[Field]:
    """Return the fields of ``model`` whose values are stored, generated columns left out."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _conversion(field: Field) -> tuple[Convert, Convert]:
    """Return how values of ``field`` become JSON and come back; a foreign key is of its target's type."""
    target: Any = field
    while target.remote_field is not None:
        target = target.target_field
    kind = target.get_internal_type()
    if kind not in _CONVERSIONS:
        raise UnknownColumn(f"{field.model._meta.label}.{field.name}: {kind}")
    return _CONVERSIONS[kind]


def rows_as_lines(model: type[Model], using: str) -> Iterator[bytes]:
    """Yield each row of ``model`` as a line of JSON: its stored fields in the model's order, by key."""
    fields = stored_fields(model)
    to_json = [_conversion(field)[0] for field in fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*[field.attname for field in fields])
    for row in rows.iterator(chunk_size=2000):
        values = [
            None if value is None else convert(value) for convert, value in zip(to_json, row, strict=True)
        ]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        yield text.encode("utf-8", "surrogatepass") + b"\n"


def header_line(model: type[Model]) -> bytes:
    """Return the first line of a table's member: the names of its columns."""
    return json.dumps([field.column for field in stored_fields(model)]).encode() + b"\n"


def row_reader(model: type[Model]) -> Callable[[bytes], list[Any]]:
    """Return the function that turns a line back into the values of a row."""
    from_json = [_conversion(field)[1] for field in stored_fields(model)]

    def read(line: bytes) -> list[Any]:
        values = json.loads(line.decode("utf-8", "surrogatepass"))
        pairs = zip(from_json, values, strict=True)
        return [None if value is None else convert(value) for convert, value in pairs]

    return read
