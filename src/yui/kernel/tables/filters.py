"""Conditions that a reader may set on a list."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
Choices = Sequence[tuple[str, Text]]
YES_NO: Choices = (("1", gettext_lazy("はい")), ("0", gettext_lazy("いいえ")))


@dataclass(frozen=True)
class ActiveCondition:
    """A condition that is set: its words, and the parameter and value that set it."""

    label: str
    key: str
    value: str


@dataclass(frozen=True)
class Filter:
    """One of several values.

    Attributes:
        key: name in the address.
        title: label.
        field: ORM path that must equal one of the chosen values.
        choices: (value, label) pairs, or a function that returns them (called once per page).
        narrow: applies the chosen values itself, where ``field`` is not enough.
    """

    key: str
    title: Text
    field: str = ""
    choices: "Choices | Callable[[], Choices]" = ()
    narrow: Callable[[QuerySet, list[str]], QuerySet] | None = None

    def options(self) -> list[tuple[str, str]]:
        """Return the choices with their labels in the reader's language."""
        pairs = self.choices() if callable(self.choices) else self.choices
        return [(str(value), str(label)) for value, label in pairs]

    def chosen(self, query: QueryDict) -> list[str]:
        """Return the values that the address asks for; unknown ones are ignored."""
        asked = [value for value in query.getlist(self.key) if value]
        known = {value for value, _label in self.options()} if asked else set()
        return [value for value in asked if value in known]

    def apply(self, queryset: QuerySet, query: QueryDict) -> QuerySet:
        """Return the records that meet the condition."""
        values = self.chosen(query)
        if not values:
            return queryset
        if self.narrow is not None:
            return self.narrow(queryset, values)
        return queryset.filter(**{f"{self.field}__in": values})

    def active(self, query: QueryDict) -> list[ActiveCondition]:
        """Return the conditions that are set, for showing as chips."""
        chosen = self.chosen(query)
        # Labels are looked up in the catalogue one by one, and most filters of a page are not set.
        labels = dict(self.options()) if chosen else {}
        return [ActiveCondition(f"{self.title}: {labels[value]}", self.key, value) for value in chosen]

    def control(self, query: QueryDict) -> dict[str, Any]:
        """Return what the template needs to draw the control."""
        chosen = self.chosen(query)
        return {
            "kind": "choice",
            "key": self.key,
            "title": self.title,
            "options": [(value, label, value in chosen) for value, label in self.options()],
        }


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """Yes or no."""

    choices: "Choices | Callable[[], Choices]" = YES_NO

    def apply(self, queryset: QuerySet, query: QueryDict) -> QuerySet:
        """Return the records that meet the condition."""
        values = self.chosen(query)
        if len(values) != 1:
            return queryset
        if self.narrow is not None:
            return self.narrow(queryset, values)
        return queryset.filter(**{self.field: values[0] == "1"})


@dataclass(frozen=True)
class DateRangeFilter(Filter):
    """From one day to another, both included; parameters ``<key>_from`` and ``<key>_to``."""

    def _bounds(self, query: QueryDict) -> list[tuple[str, str, datetime.date]]:
        """Return (parameter, ORM lookup, day) of each bound that holds a date."""
        found = []
        for ending, lookup in (("from", "gte"), ("to", "lte")):
            try:
                day = datetime.date.fromisoformat(query.get(f"{self.key}_{ending}", ""))
            except ValueError:
                continue
            found.append((f"{self.key}_{ending}", f"{self.field}__{lookup}", day))
        return found

    def chosen(self, query: QueryDict) -> list[str]:
        """Return the days that are set."""
        return [day.isoformat() for _key, _lookup, day in self._bounds(query)]

    def apply(self, queryset: QuerySet, query: QueryDict) -> QuerySet:
        """Return the records that meet the condition."""
        return queryset.filter(**{lookup: day for _key, lookup, day in self._bounds(query)})

    def active(self, query: QueryDict) -> list[ActiveCondition]:
        """Return the bounds that are set, for showing as chips."""
        return [
            ActiveCondition(
                (_("%(title)s: %(day)s から") if key.endswith("_from") else _("%(title)s: %(day)s まで"))
                % {"title": self.title, "day": day.isoformat()},
                key,
                day.isoformat(),
            )
            for key, _lookup, day in self._bounds(query)
        ]

    def control(self, query: QueryDict) -> dict[str, Any]:
        """Return what the template needs to draw the control."""
        days = {key: day.isoformat() for key, _lookup, day in self._bounds(query)}
        return {
            "kind": "dates",
            "key": self.key,
            "title": self.title,
            "from": days.get(f"{self.key}_from", ""),
            "to": days.get(f"{self.key}_to", ""),
        }
