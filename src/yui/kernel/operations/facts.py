"""What people state about a record, before it is stored: the arguments of operations."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from django.db.models import Model


@dataclass(frozen=True)
class Facts:
    """Stated facts; each attribute is named like the field of the record."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the facts."""
        return tuple(each.name for each in fields(cls))

    @classmethod
    def of(cls, record: Model) -> Self:
        """Return the facts as ``record`` holds them."""
        return cls(**{name: getattr(record, name) for name in cls.names()})

    @classmethod
    def among(cls, values: Mapping[str, Any]) -> Self:
        """Return the facts that stand among ``values``, such as those of a form."""
        return cls(**{name: values[name] for name in cls.names()})

    def values(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {name: getattr(self, name) for name in self.names()}
