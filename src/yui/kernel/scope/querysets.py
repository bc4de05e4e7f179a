"""Fail-closed querysets: a query that nobody scoped raises instead of answering."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Self

from django.db import models

from yui.kernel.policy import Actor
from yui.kernel.scope.visibility import visibility_condition

_unscoped_reason: ContextVar[str | None] = ContextVar("unscoped_reason", default=None)


class UnscopedQuery(Exception):
    """A query on scoped records ran without saying for whom."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__}: an unscoped query was about to run. Use .visible_to(actor) to read for "
            "somebody, "
            ".owned_by(organisation) inside an operation that checked permission, or .unscoped(reason)."
        )


@contextmanager
def unscoped_allowed(reason: str) -> Iterator[None]:
    """Let unscoped queries run inside the block; ``reason`` says why (seeding, restoring, uniqueness)."""
    token = _unscoped_reason.set(reason)
    try:
        yield
    finally:
        _unscoped_reason.reset(token)


def _guarded(name: str) -> Callable[..., Any]:
    """Return the queryset method ``name`` with the scope check before it."""
    original = getattr(models.QuerySet, name)

    @wraps(original)
    def method(self: "ScopedQuerySet", *args: Any, **kwargs: Any) -> Any:
        self.require_scope()
        return original(self, *args, **kwargs)

    return method


class ScopedQuerySet(models.QuerySet):
    """A queryset that executes only after ``visible_to``, ``owned_by`` or ``unscoped``."""

    _is_scoped = False

    def require_scope(self) -> None:
        """Raise ``UnscopedQuery`` unless the query was scoped."""
        if not self._is_scoped and _unscoped_reason.get() is None:
            raise UnscopedQuery(self.model)

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]
        clone._is_scoped = self._is_scoped
        return clone

    def _combinator_query(self, combinator: str, *others: Any, all: bool = False) -> Self:
        for queryset in (self, *others):
            queryset.require_scope()
        return super()._combinator_query(combinator, *others, all=all)  # type: ignore[misc]

    def _scoped(self) -> Self:
        clone: Self = self._chain()  # type: ignore[attr-defined]
        clone._is_scoped = True
        return clone

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows that ``actor`` may see; the only way by which pages and the API read."""
        path = getattr(self.model, "scope_path", "")
        prefix = f"{path}__" if path else ""
        condition = visibility_condition(actor, prefix, _participations(scope_owner(self.model), actor))
        return self.filter(condition)._scoped()

    def owned_by(self, *organisations: models.Model) -> Self:
        """Keep the rows of these organisations; for operations that have checked permission."""
        path = getattr(self.model, "scope_path", "")
        field = f"{path}__organisation__in" if path else "organisation__in"
        return self.filter(**{field: organisations})._scoped()

    def unscoped(self, reason: str) -> Self:
        """Read across all organisations; ``reason`` says why this is right (a joint figure, a check)."""
        if not reason:
            raise ValueError("an unscoped read needs a reason")
        return self._scoped()

    def none(self) -> Self:
        """Return an empty queryset, which needs no scope."""
        return super().none()._scoped()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Take part in another query as a subquery, under the same rule."""
        self.require_scope()
        return super().resolve_expression(*args, **kwargs)

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self.require_scope()
        super()._fetch_all()


for _name in (
    "iterator",
    "aiterator",
    "count",
    "exists",
    "aggregate",
    "contains",
    "explain",
    "update",
    "_update",
    "delete",
    "_raw_delete",
):
    setattr(ScopedQuerySet, _name, _guarded(_name))


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """The default manager of scoped records."""


def scope_owner(model: type[models.Model]) -> Any:
    """Return the scoped model that decides who sees ``model``'s rows (itself, or along ``scope_path``)."""
    owner: Any = model
    for step in filter(None, getattr(model, "scope_path", "").split("__")):
        owner = owner._meta.get_field(step).related_model
    return owner


def _participations(owner: Any, actor: Actor) -> models.QuerySet | None:
    """Return the keys of the ``owner`` records that name one of the actor's organisations, if any do."""
    if not owner.names_participants:
        return None
    through = owner._meta.get_field("participants").remote_field.through
    source = owner._meta.get_field("participants").m2m_field_name()
    organisation = owner._meta.get_field("participants").m2m_reverse_field_name()
    return through.objects.filter(**{f"{organisation}__in": sorted(actor.organisation_ids)}).values(source)
