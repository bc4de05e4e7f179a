"""SQL that turns the columns of a bill, as text or as Parquet types, into the lake's columns.

DuckDB drops the offset when it casts a text to TIMESTAMP, so times go through TIMESTAMPTZ (the session is
in UTC). Money never passes a float: a Parquet DOUBLE is read by the shortest decimal that names it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yui.kernel.lake.reading import identifier, literal
from yui.transition.costs.formats.focus import CHARGES, PROVIDERS, TAGS, FocusLayout
from yui.transition.costs.formats.focus_columns import Column, Kind

DECIMAL = "DECIMAL(38, 18)"
NULLS = ("NULL", "")
LONGEST_PART = 180
EARLIEST, LATEST = "2000-01-01", "2100-01-01"
# Nine hours ahead of UTC, the first instant of a month lies in that month for bills that begin it at
# midnight UTC and for those that begin it at midnight in Tokyo.
TOKYO_OFFSET = "INTERVAL 9 HOUR"
CLOUD = "cloud"
MONTH_GIVERS = frozenset({"BillingPeriodStart", "ContractCommitmentPeriodStart"})
# Date and time with two digits each and nothing after the seconds but a Z: there is no room for an offset.
PLAIN_TIMES = ("____-__-_____:__:__", "____-__-_____:__:__Z")
TIMESTAMP = "TIMESTAMP"


@dataclass(frozen=True)
class Usual:
    """What the first rows of a file have in common: cells, and what Yui's own columns make of them.

    Comparing a cell is much cheaper than working its column out again for each of a million rows.

    Attributes:
        start, provider, account: the beginning of the month (as DuckDB writes it) and two cells.
        month, printable_provider, part: the own columns of these.
    """

    start: str
    provider: str
    account: str
    month: str
    printable_provider: str
    part: str


@dataclass(frozen=True)
class SourceTable:
    """The rows of an opened file.

    Attributes:
        relation: SQL that reads the file.
        fields: the columns of the relation.
        header: the columns as the file writes them, for telling people about them.
        types: DuckDB's type of each column (all VARCHAR for CSV).
        layout: what the columns mean.
    """

    relation: str
    fields: tuple[str, ...]
    header: tuple[str, ...]
    types: tuple[str, ...]
    layout: FocusLayout

    def position(self, name: str) -> int | None:
        """Return where the column ``name`` of the specification stands in the file."""
        names = [column.name if column else "" for column in self.layout.columns]
        return names.index(name) if name in names else None

    def cell(self, name: str) -> str | None:
        """Return SQL for the cell of the column ``name`` as text, ``None`` where the file lacks it."""
        position = self.position(name)
        return None if position is None else self.text(position)

    def text(self, position: int) -> str:
        """Return SQL for the cell at ``position`` as text, null where the file means null."""
        column, kind = identifier(self.fields[position]), self.types[position]
        if kind == "VARCHAR":
            return column if self.is_csv else f"nullif(nullif({column}, 'NULL'), '')"
        if kind.startswith(("MAP", "STRUCT")) or kind.endswith("]"):
            return f"CAST(to_json({column}) AS VARCHAR)"
        return f"CAST({column} AS VARCHAR)"

    def value(self, position: int, kind: Kind) -> str:
        """Return SQL for the value of ``kind`` in the cell at ``position``; a wrong cell stops DuckDB."""
        if kind is Kind.TIME and self.types[position] == TIMESTAMP:
            return identifier(self.fields[position])
        return cast(self.text(position), kind)

    def time(self, name: str) -> str:
        """Return SQL for the time in the column ``name``, which the file has."""
        position = self.position(name)
        if position is None:
            raise KeyError(name)
        return self.value(position, Kind.TIME)

    @property
    def is_csv(self) -> bool:
        """Whether every cell was read as text, with the nulls already undone."""
        return self.relation.startswith("read_csv")


def csv_relation(
    path: str, columns: int, *, quoted_nulls: bool = True, times: Iterable[int] = (), written: str = ""
) -> str:
    """Return SQL that reads a CSV of so many columns, every cell as text, nothing guessed.

    Without ``quoted_nulls`` a quoted empty cell is an empty text, and only an unquoted one is null.
    Rows with another number of cells stop DuckDB; see ``diagnosis`` for how they are then listed.
    The columns at ``times`` are read as times ``written`` in one way (strftime's signs); any other time
    stops DuckDB.
    """
    nulls = ", ".join(literal(text) for text in NULLS)
    types = dict.fromkeys(times, TIMESTAMP)
    fields = ", ".join(
        f"{literal(name)}: {literal(types.get(place, 'VARCHAR'))}"
        for place, name in enumerate(csv_fields(columns))
    )
    dialect = "header = true, delim = ',', quote = '\"', escape = '\"'"
    nothing = f"nullstr = [{nulls}], allow_quoted_nulls = {str(quoted_nulls).lower()}"
    options = f"auto_detect = false, {dialect}, {nothing}"
    if written:
        options += f", timestampformat = {literal(written)}"
    return f"read_csv({literal(path)}, columns = {{{fields}}}, {options})"


def csv_fields(columns: int) -> tuple[str, ...]:
    """Return the names that a CSV's columns have inside DuckDB, whatever the file calls them."""
    return tuple(f"c{position}" for position in range(columns))


def cast(text: str, kind: Kind, function: str = "CAST") -> str:
    """Return SQL that makes of ``text`` a value of ``kind``; ``TRY_CAST`` gives null where it cannot."""
    if kind is Kind.NUMBER:
        return f"{function}({text} AS {DECIMAL})"
    if kind is Kind.TIME:
        # Most times are plain, and for those the cast without zones is several times faster.
        plain = " OR ".join(f"{text} LIKE {literal(pattern)}" for pattern in PLAIN_TIMES)
        zoned = f"({function}({text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC')"
        return f"(CASE WHEN {plain} THEN {function}({text} AS TIMESTAMP) ELSE {zoned} END)"
    return text


def selection(table: SourceTable, usual: Usual | None = None) -> str:
    """Return the SELECT list: each column typed and named, then Yui's own ``x_`` columns."""
    parts = [
        f"{table.value(position, column.kind if column else Kind.TEXT)} AS {identifier(name)}"
        for position, (column, name) in enumerate(zip(table.layout.columns, table.layout.names, strict=True))
    ]
    own = own_columns(table, usual)
    taken = {name.lower() for name in table.layout.names}
    parts += [f"{sql} AS {name}" for name, sql in own.items() if name not in taken]
    return ", ".join(parts)


def own_columns(table: SourceTable, usual: Usual | None = None) -> Mapping[str, str]:
    """Return SQL for Yui's own columns of the table's dataset, by name."""
    return charge_columns(table, usual) if table.layout.dataset == CHARGES else commitment_columns(table)


def charge_columns(table: SourceTable, usual: Usual | None = None) -> Mapping[str, str]:
    """Return Yui's own columns of a charge: month, part, provider, tags and 経費区分."""
    provider, account = provider_and_account(table)
    month = month_of(table, "BillingPeriodStart")
    printable = _printable(provider)
    part = f"left({printable} || ' / ' || {_printable(account)}, {LONGEST_PART})"
    if usual is not None:
        is_start = f"{table.time('BillingPeriodStart')} = TIMESTAMP {literal(usual.start)}"
        is_provider = f"{provider} = {literal(usual.provider)}"
        is_part = f"{is_provider} AND {account} = {literal(usual.account)}"
        month = f"CASE WHEN {is_start} THEN {literal(usual.month)} ELSE {month} END"
        printable = f"CASE WHEN {is_provider} THEN {literal(usual.printable_provider)} ELSE {printable} END"
        part = f"CASE WHEN {is_part} THEN {literal(usual.part)} ELSE {part} END"
    own = {"x_month": month, "x_provider": printable, "x_part": part, "x_cost_category": literal(CLOUD)}
    return own | _tags(table)


def provider_and_account(table: SourceTable) -> tuple[str, str]:
    """Return SQL for who provides a charge and for its billing account, empty where the cell is."""
    providers = ", ".join(filter(None, (table.cell(name) for name in PROVIDERS)))
    return f"coalesce({providers}, '')", f"coalesce({table.cell('BillingAccountId')}, '')"


def _printable(text: str) -> str:
    """Return SQL for ``text`` without control signs, which databases refuse in keys."""
    return f"regexp_replace({text}, '[\\x00-\\x1f]', '', 'g')"


def commitment_columns(table: SourceTable) -> Mapping[str, str]:
    """Return Yui's own columns of a contract commitment."""
    return {"x_month": month_of(table, "ContractCommitmentPeriodStart"), "x_part": "'commitment'"}


def month_of(table: SourceTable, name: str) -> str:
    """Return SQL for the month in Tokyo in which the time ``name`` lies, as ``YYYY-MM``."""
    return f"strftime({table.time(name)} + {TOKYO_OFFSET}, '%Y-%m')"


def _tags(table: SourceTable) -> dict[str, str]:
    """Return SQL for what a row carries under the keys of each of ``TAGS``; damaged JSON carries nothing."""
    tags = table.cell("Tags")
    if tags is None:
        return dict.fromkeys(TAGS, "CAST(NULL AS VARCHAR)")
    paths = ", ".join(literal(f'$."{key}"') for keys in TAGS.values() for key in keys)
    # One look at the JSON for all keys; DuckDB works the repeated expression out once.
    found, place = f"TRY(json_extract_string({tags}, [{paths}]))", 0
    own = {}
    for name, keys in TAGS.items():
        own[name] = f"coalesce({', '.join(f'({found})[{place + n}]' for n in range(1, len(keys) + 1))})"
        place += len(keys)
    return own


def problems_of(table: SourceTable) -> list[tuple[int, str, str]]:
    """Return (position, code, SQL condition) of everything that makes a row impossible to take."""
    found = []
    for position, column in enumerate(table.layout.columns):
        if column is None:
            continue
        text = table.text(position)
        if column.name in table.layout.never_empty:
            found.append((position, "empty", f"{text} IS NULL"))
        if column.kind in {Kind.NUMBER, Kind.TIME}:
            value = cast(text, column.kind, "TRY_CAST")
            found.append((position, str(column.kind), f"({text} IS NOT NULL AND {value} IS NULL)"))
        if column.name == "BillingCurrency" and table.layout.dataset == CHARGES:
            found.append((position, "currency", f"NOT regexp_full_match({text}, '[A-Z]{{3}}')"))
        if column.name in MONTH_GIVERS:
            found.append((position, "year", _outside_years(column, text)))
    return found


def _outside_years(column: Column, text: str) -> str:
    value = cast(text, column.kind, "TRY_CAST")
    return f"({value} < TIMESTAMP '{EARLIEST}' OR {value} >= TIMESTAMP '{LATEST}')"
