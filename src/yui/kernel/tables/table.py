"""A list of records that a reader can search, narrow, sort, page, arrange, keep and take away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor, Verb
from yui.kernel.tables.columns import Column
from yui.kernel.tables.controls import draw_column_choices, draw_controls
from yui.kernel.tables.downloads import FORMATS, download
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.models import SavedView
from yui.kernel.tables.normalise import normalise_key
from yui.kernel.tables.rows import body_attributes, draw_head, draw_rows

Text = str | Promise
PAGE_SIZES = (20, 50, 100, 200)
SEARCH, SORT, PAGE, SIZE, COLUMNS, DOWNLOAD = "q", "sort", "page", "size", "columns", "download"
MAX_WORDS = 8
FILTERS_IN_SIGHT = 3


class Table:
    """Subclass it, name what it shows, and answer a request with it::

        class SystemTable(Table):
            code = "registry.systems"
            title = _("情報システム台帳")
            columns = (Column("name", _("名称"), "name", sort="name_key"), …)
            search = ("name_key", "vendor__name_key")
            filters = (Filter("zone", _("区分"), "zone", Zone.choices),)

        def systems(request):
            return SystemTable(request, InformationSystem.objects.visible_to(request.actor)).response()

    Attributes:
        code: ``room.noun``; names saved views and exports.
        title: the page's title and the table's caption.
        columns: all columns; the first names the row and is always shown.
        search: ORM paths of columns filled with ``normalise_key`` (or plain codes).
        filters: conditions besides those that the columns bring.
        default_sort: ``key`` or ``-key`` of a column.
        page_size: rows on a page until the reader chooses.
        search_hint: what the search box finds.
        empty_title, empty_text: what an empty list says.
    """

    code: ClassVar[str]
    title: ClassVar[Text]
    columns: ClassVar[Sequence[Column]]
    search: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[Filter]] = ()
    default_sort: ClassVar[str] = ""
    page_size: ClassVar[int] = 50
    search_hint: ClassVar[Text] = _("名前や番号")
    empty_title: ClassVar[Text] = _("まだ何もありません")
    empty_text: ClassVar[Text] = ""

    def __init__(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.request = request
        self.query: QueryDict = request.GET
        self.actor: Actor = request.actor  # type: ignore[attr-defined]
        self._queryset = queryset

    def row_url(self, record: Any) -> str | None:
        """Return the address that a row leads to; by default the record's own, if it has one."""
        own = getattr(record, "get_absolute_url", None)
        return own() if own else None

    def export_organisation_id(self) -> int | None:
        """Return the organisation in whose name the reader takes the list away, None if there is none."""
        allowed = self.actor.organisation_ids_with(Verb.EXPORT)
        return next((m.organisation_id for m in self.actor.memberships if m.organisation_id in allowed), None)

    # What the reader chose

    @cached_property
    def all_filters(self) -> list[Filter]:
        """The table's filters and those of its columns; choices that come from a query are read once."""
        filters = [*self.filters, *(column.filter for column in self.columns if column.filter)]
        return [replace(f, choices=f.options()) if callable(f.choices) else f for f in filters]

    @cached_property
    def search_text(self) -> str:
        """What stands in the search box."""
        return self.query.get(SEARCH, "").strip()[:200]

    @cached_property
    def shown(self) -> list[Column]:
        """The columns shown: those asked for, else the usual ones; the first is always there."""
        asked = set(self.query.getlist(COLUMNS))
        first, *rest = self.columns
        chosen = [column for column in rest if column.key in asked]
        return [first, *(chosen or [column for column in rest if column.default])]

    @cached_property
    def sort(self) -> str:
        """The order in use: ``key`` or ``-key`` of a column that can be sorted, or empty."""
        sortable = {column.key for column in self.columns if column.sort}
        asked: str = self.query.get(SORT) or ""
        return asked if asked.removeprefix("-") in sortable else self.default_sort

    # The records

    @cached_property
    def records(self) -> QuerySet:
        """Every record that meets the conditions, in order; the primary key settles ties."""
        queryset = self._queryset
        for condition in self.all_filters:
            queryset = condition.apply(queryset, self.query)
        for word in normalise_key(self.search_text).split()[:MAX_WORDS] if self.search else ():
            anywhere = Q()
            for path in self.search:
                anywhere |= Q(**{f"{path}__icontains": word})
            queryset = queryset.filter(anywhere)
        order = next((c.sort for c in self.columns if c.key == self.sort.removeprefix("-")), None)
        if order:
            return queryset.order_by(f"-{order}" if self.sort.startswith("-") else order, "pk")
        return queryset if queryset.ordered else queryset.order_by("pk")

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; a page beyond the last is the last."""
        try:
            size = int(self.query.get(SIZE, ""))
        except ValueError:
            size = self.page_size
        size = size if size in PAGE_SIZES else self.page_size
        return Paginator(self.records, size).get_page(self.query.get(PAGE))

    @property
    def total(self) -> int:
        """How many records meet the conditions."""
        return self.page.paginator.count

    # What the template draws

    @property
    def total_text(self) -> str:
        """The number of records, grouped by thousands."""
        return f"{self.total:,}"

    @property
    def html_id(self) -> str:
        """The id of the part of the page that is renewed."""
        return f"list-{self.code.replace('.', '-').replace('_', '-')}"

    @property
    def control_id(self) -> str:
        """What the ids of the controls begin with."""
        return self.code.rpartition(".")[2]

    @property
    def head(self) -> SafeString:
        """The heading row."""
        return draw_head(self.shown, self.sort, lambda order: self.address(**{SORT: order, PAGE: None}))

    @property
    def body(self) -> SafeString:
        """The rows of the page."""
        return draw_rows(self.shown, self.page.object_list, self.row_url)

    @property
    def body_attributes(self) -> SafeString:
        """What holds for whole columns, said once on the body."""
        return body_attributes(self.shown, has_links=True)

    @property
    def is_narrowed(self) -> bool:
        """Whether any condition is set."""
        return bool(self.search_text or any(f.chosen(self.query) for f in self.all_filters))

    def address(self, **changes: str | None) -> str:
        """Return the list's address with parameters set, or with None taken away."""
        query = self.query.copy()
        for key, value in changes.items():
            if value is None:
                query.pop(key, None)
            else:
                query[key] = value
        return f"?{query.urlencode()}"

    def _address_without(self, key: str, value: str) -> str:
        query = self.query.copy()
        query.setlist(key, [other for other in query.getlist(key) if other != value])
        query.pop(PAGE, None)
        return f"?{query.urlencode()}"

    @property
    def active_conditions(self) -> list[dict[str, str]]:
        """The conditions that are set, each with the address that takes it away."""
        active = [condition for f in self.all_filters for condition in f.active(self.query)]
        return [{"label": c.label, "remove_url": self._address_without(c.key, c.value)} for c in active]

    @property
    def first_controls(self) -> SafeString:
        """The filters that stand beside the search box."""
        return self._drawn(self.all_filters[:FILTERS_IN_SIGHT])

    @property
    def more_controls(self) -> SafeString:
        """The filters that unfold; empty where all are in sight."""
        return self._drawn(self.all_filters[FILTERS_IN_SIGHT:])

    def _drawn(self, filters: Sequence[Filter]) -> SafeString:
        return draw_controls([f.control(self.query) for f in filters], self.control_id)

    @property
    def has_more_conditions(self) -> bool:
        """Whether one of the filters that unfold is set."""
        return any(f.chosen(self.query) for f in self.all_filters[FILTERS_IN_SIGHT:])

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """What the filter form passes on unseen: order, page size and columns."""
        return [(key, value) for key in (SORT, SIZE, COLUMNS) for value in self.query.getlist(key) if value]

    @property
    def condition_parameters(self) -> list[tuple[str, str]]:
        """What the column form passes on unseen: everything but the columns and the page."""
        return [
            (key, value)
            for key, values in self.query.lists()
            if key not in (COLUMNS, PAGE, DOWNLOAD)
            for value in values
        ]

    @property
    def column_choices(self) -> SafeString:
        """A check box for each column that may be left out."""
        return draw_column_choices(self.columns[1:], self.shown)

    @property
    def downloads(self) -> list[tuple[str, str]]:
        """Format and address of each download, none for a reader who may not export."""
        if self.export_organisation_id() is None:
            return []
        return [(name.upper(), self.address(**{DOWNLOAD: name, PAGE: None})) for name in FORMATS]

    @property
    def view_query(self) -> str:
        """The conditions, order and columns, to be kept as a saved view."""
        query = self.query.copy()
        for key in (PAGE, DOWNLOAD):
            query.pop(key, None)
        return query.urlencode()

    @cached_property
    def saved_views(self) -> list[SavedView]:
        """The views that the reader can choose."""
        if self.actor.user_id is None:
            return []
        return list(SavedView.objects.usable_by(self.actor).of_table(self.code))

    # The answer

    def export_rows(self, columns: Sequence[Column]) -> Iterator[list[Any]]:
        """Yield the plain values of every record, page or no page."""
        for record in self.records.iterator(chunk_size=2000):
            yield [column.export_value(record) for column in columns]

    def response(
        self, template: str = "tables/list.html", context: Mapping[str, Any] | None = None
    ) -> HttpResponseBase:
        """Answer the request: the page, its list alone for htmx, or the whole list as a file.

        Args:
            template: the full page; it includes ``tables/table.html`` and finds the list as ``table``.
            context: further variables.
        """
        file_format = self.query.get(DOWNLOAD) or ""
        if file_format in FORMATS:
            return download(self, file_format)
        asked_for = self.request.headers.get("HX-Target", "")
        is_part = asked_for.endswith(f"#{self.html_id}")
        chosen = "tables/table.html" if is_part else template
        response: HttpResponse = render(self.request, chosen, {**(context or {}), "table": self})
        patch_vary_headers(response, ["HX-Request"])
        return response
