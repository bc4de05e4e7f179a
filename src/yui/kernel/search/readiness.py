"""Has an index ready for a reader, with what must stay hidden because it is behind."""

from typing import Any

from yui.kernel.search.engine.store import BudgetExceeded, IndexBusy, IndexMissing
from yui.kernel.search.indexing import fold_in_few, rebuild, store
from yui.kernel.search.models import DirtyDocument

_FOLD_AT_ONCE = 50
_BUILD_AT_ONCE_SECONDS = 5.0
_RETRY_AFTER_SECONDS = 600.0


def ready_searcher() -> tuple[Any, list[str]]:
    """Return a searcher and the URNs that must stay hidden because their records have changed since.

    A missing index is built at once if that takes a few seconds; otherwise the next ``update`` builds it.

    Raises:
        BudgetExceeded: when the index is missing and takes too long to build for a page to wait.
        IndexBusy: when the index is missing and another process builds it.
    """
    try:
        if not fold_in_few(_FOLD_AT_ONCE):
            return store().searcher(), []
        searcher = store().searcher()
    except IndexBusy:
        searcher = store().searcher()
    except IndexMissing:
        _build_at_once()
        searcher = store().searcher()
    return searcher, list(DirtyDocument.objects.values_list("urn", flat=True))


def _build_at_once() -> None:
    if store().is_building_put_off:
        raise BudgetExceeded
    try:
        rebuild(wait_seconds=0, budget_seconds=_BUILD_AT_ONCE_SECONDS)
    except BudgetExceeded:
        store().put_off_building(_RETRY_AFTER_SECONDS)
        raise
