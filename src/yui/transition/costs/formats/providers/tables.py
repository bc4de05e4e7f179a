"""Reads the conversion tables and recognises whose bill a file is.

A table says which column of FOCUS 1.4 is made from which columns of the provider's file and how. Its rules
are data; ``engine.provider_sql`` turns them into SQL. The operations of a rule, in their order:

``cases``       the first case whose ``when`` fits gives the value; a case has an operation of its own
``copy``        the first column that is not empty; ``product{key}`` looks inside a column of JSON
``text``        the text itself
``map``         the column's text looked up in ``values`` (letter case does not matter), else ``otherwise``
``sum``         columns added up, an empty one counting as nothing; empty when all are
``difference``  the first column less the others
``product``     columns multiplied, each rounded to nine decimals (for prices, never for an amount billed)
``time``        a column as an instant; ``at`` moves it (``day``, ``next_day``, ``month``, ``next_month``)
``unit``        the part (``size`` or ``name``) of a unit of measure such as ``10K`` or ``100 GB/Month``
``extract``     what ``pattern`` finds in a column
``credits``     the column ``onto`` and those of its credits (JSON) that are reduced rates
``element``     a field of the credit from which a further row is made
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

PROVIDERS = ("aws-cur", "azure", "gcp", "oci", "sakura")
_FOLDER = Path(__file__).parent
_CAPITAL = re.compile(r"(?<=[A-Za-z0-9])([A-Z])")
_INSIDE = re.compile(r"\{.*\}\Z")
LEGACY_TAG = "resourceTags/"
COLUMN_LISTS = ("copy", "sum", "difference", "product")
SINGLE_COLUMNS = ("map", "time", "unit", "extract", "credits")


@dataclass(frozen=True)
class Rule:
    """How one column of FOCUS is made.

    Attributes:
        target: the column of FOCUS 1.4, or one of ours beginning with ``x_``.
        recipe: the operation and what it needs, as the table writes it.
    """

    target: str
    recipe: Mapping[str, Any]

    @property
    def columns(self) -> tuple[str, ...]:
        """The provider's columns that the rule looks at, in the table's spelling."""
        return tuple(dict.fromkeys(_columns_of(self.recipe)))


@dataclass(frozen=True)
class Split:
    """A further FOCUS row that one row of the provider's file becomes.

    Attributes:
        name: what the row is (``unused``, ``credit``); kept in ``x_split``.
        when: which rows have one.
        each: column of JSON of which every element makes a row of its own, empty when there is one.
        rules: the columns that differ from the row it comes from.
    """

    name: str
    when: Mapping[str, Any]
    each: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class ProviderTable:
    """The conversion table of one provider.

    Attributes:
        code: the kind of file, as the command line names it.
        title: the provider and the file in words.
        spelling: how column names are made alike (``snake``, ``lower``, ``flat``).
        signature: columns that only this provider's files have.
        needed: groups of columns; of each group one must be there, else no figure can be worked out.
        wanted: columns whose absence makes a figure less exact, which is then said.
        rules, splits: the conversion.
        tags: where tags come from, in the order in which later ones win.
        charge_types: the provider's words for kinds of charges that the table knows.
        charge_type: the provider's column that holds them.
    """

    code: str
    title: str
    spelling: str
    signature: tuple[str, ...]
    needed: tuple[tuple[str, ...], ...]
    wanted: tuple[str, ...]
    rules: tuple[Rule, ...]
    splits: tuple[Split, ...]
    tags: tuple[Mapping[str, Any], ...]
    charge_type: str
    charge_types: frozenset[str]

    @cached_property
    def columns(self) -> frozenset[str]:
        """Every column of the provider's that the table looks at."""
        rules = [*self.rules, *(rule for split in self.splits for rule in split.rules)]
        named = {name for rule in rules for name in rule.columns}
        named |= {split.each for split in self.splits if split.each}
        named |= {name for split in self.splits for name in split.when}
        return frozenset(named | {name for tags in self.tags for name in tags.get("columns", ())})

    def spell(self, name: str) -> str:
        """Return a column's name in the spelling of this table."""
        return spell(name, self.spelling)

    def is_tag(self, name: str) -> str:
        """Return the key of the tag that the column ``name`` holds, empty for another column."""
        for tags in self.tags:
            for prefix in tags.get("prefixes", ()):
                if name.startswith(prefix) and len(name) > len(prefix):
                    key = name.removeprefix(prefix)
                    for lead in tags.get("strip", ()):
                        key = key.removeprefix(lead)
                    return key
        return ""

    def missing(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return one name of each needed group of which the file has no column."""
        present = set(names)
        return tuple(group[0] for group in self.needed if not present & set(group))


def spell(name: str, spelling: str) -> str:
    """Return ``name`` so that the spellings of one column in different exports become one.

    ``snake`` does what AWS documents for CUR 2.0 (``lineItem/UnblendedCost`` → ``line_item_unblended_cost``),
    keys of tags staying as they are; ``flat`` folds case and writes ``a.b`` as ``a_b``; ``lower`` folds case.
    """
    name = name.strip().lstrip("\ufeff")
    if spelling == "lower":
        return name.lower()
    if spelling == "flat":
        return name.lower().replace(".", "_")
    if name.startswith(LEGACY_TAG):
        return "resource_tags/" + name.removeprefix(LEGACY_TAG)
    parts = re.split(r"[/:]", name)
    return "_".join(_CAPITAL.sub(r"_\1", part).lower() for part in parts)


@cache
def table_of(code: str) -> ProviderTable:
    """Return the conversion table of a provider.

    Raises:
        KeyError: for an unknown provider.
    """
    if code not in PROVIDERS:
        raise KeyError(code)
    with (_FOLDER / f"{code}.toml").open("rb") as file:
        return parse_table(code, tomllib.load(file))


def parse_table(code: str, found: Mapping[str, Any]) -> ProviderTable:
    """Return the table that the TOML document ``found`` describes."""
    rules = _rules(found["column"])
    splits = tuple(
        Split(each["name"], each.get("when", {}), each.get("each", ""), _rules(each["column"]))
        for each in found.get("split", ())
    )
    category = next(rule for rule in rules if rule.target == "ChargeCategory")
    return ProviderTable(
        code=code,
        title=found["title"],
        spelling=found["spelling"],
        signature=tuple(found["signature"]),
        needed=tuple(tuple(group) for group in found["needed"]),
        wanted=tuple(found.get("wanted", ())),
        rules=rules,
        splits=splits,
        tags=tuple(found.get("tags", ())),
        charge_type=category.recipe.get("map", ""),
        charge_types=frozenset(word.lower() for word in category.recipe.get("values", {})),
    )


def recognise_provider(header: Sequence[str]) -> ProviderTable | None:
    """Return the table of the provider whose file has such columns, ``None`` when it is nobody's."""
    for code in PROVIDERS:
        table = table_of(code)
        names = {table.spell(name) for name in header}
        if names.issuperset(table.signature):
            return table
    return None


def column_and_path(name: str) -> tuple[str, str]:
    """Return the column and the key inside its JSON that ``product{key}`` names; a plain one has no key."""
    found = _INSIDE.search(name)
    return (name, "") if found is None else (name[: found.start()], found.group()[1:-1])


def _rules(found: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(each["target"], {key: value for key, value in each.items() if key != "target"}) for each in found
    )


def _columns_of(recipe: Mapping[str, Any]) -> list[str]:
    """List the columns that a recipe looks at."""
    names: list[str] = []
    for case in recipe.get("cases", ()):
        names += [*case.get("when", {}), *_columns_of(case)]
    for operation in COLUMN_LISTS:
        names += [column_and_path(name)[0] for name in recipe.get(operation, ())]
    return names + [recipe[operation] for operation in SINGLE_COLUMNS if operation in recipe]
