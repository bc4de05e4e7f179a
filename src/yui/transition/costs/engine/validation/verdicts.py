"""What the examination says: one verdict per rule, and the report of all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LONGEST_VALUE = 200


class Status(StrEnum):
    """What became of a rule."""

    FAIL = "fail"
    PASS = "pass"  # noqa: S105
    NOT_APPLICABLE = "not_applicable"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a rule has the status that it has, where its rows alone do not say it."""

    COLUMN_ABSENT = "column_absent"
    CRITERIA = "criteria_not_declared"
    PERMISSION = "permission"
    UNDECIDABLE = "not_decidable_from_file"
    UNKNOWN_FUNCTION = "unknown_check_function"
    MEMBERS_FAILED = "members_failed"
    NO_MEMBER_CHECKED = "no_member_checked"


@dataclass(frozen=True)
class Example:
    """A cell of a row that breaks a rule; the heading is row 1, as in a spreadsheet."""

    row: int
    column: str
    value: str | None

    def as_json(self) -> dict[str, Any]:
        """Return the example as JSON."""
        return {"row": self.row, "column": self.column, "value": self.value}


@dataclass(frozen=True)
class Verdict:
    """What became of one rule.

    Attributes:
        failed_rows: how many rows break it; of a composite rule, of the member broken by most rows.
        detail: what ``reason`` is about: a column, criteria, a function, the members that failed.
        column: the column or attribute whose section of the specification holds the rule.
        is_ours: whether the check, or its correction, is ours and not the model's.
    """

    id: str
    status: Status
    failed_rows: int = 0
    examples: tuple[Example, ...] = ()
    reason: Reason | None = None
    detail: str = ""
    column: str = ""
    keyword: str = ""
    text: str = ""
    is_ours: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the verdict as the command's JSON."""
        return {
            "id": self.id,
            "status": str(self.status),
            "failed_rows": self.failed_rows,
            "examples": [example.as_json() for example in self.examples],
            "reason": str(self.reason or ""),
            "detail": self.detail,
            "column": self.column,
            "keyword": self.keyword,
            "text": self.text,
            "is_ours": self.is_ours,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Verdict":
        """Make a verdict of what ``as_json`` gave."""
        return cls(
            **{
                **data,
                "status": Status(data["status"]),
                "reason": Reason(data["reason"]) if data["reason"] else None,
                "examples": tuple(Example(**example) for example in data["examples"]),
            }
        )


@dataclass(frozen=True)
class Report:
    """The examination of one file.

    Attributes:
        version: the version of FOCUS whose rules were used.
        model: where the rules came from.
        is_official: whether they are the FinOps Foundation's own file.
        criteria: the applicability criteria that were declared.
    """

    file: str
    rows: int
    dataset: str
    version: str
    model: str
    is_official: bool
    criteria: tuple[str, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def summary(self) -> dict[str, int]:
        """How many rules have each status."""
        counted = Counter(str(verdict.status) for verdict in self.verdicts)
        return {"total": len(self.verdicts), **{str(status): counted[status] for status in Status}}

    @property
    def has_failures(self) -> bool:
        """Whether a rule is broken."""
        return any(verdict.status is Status.FAIL for verdict in self.verdicts)

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command's JSON."""
        return {
            "file": self.file,
            "rows": self.rows,
            "dataset": self.dataset,
            "version": self.version,
            "model": {"name": self.model, "official": self.is_official},
            "criteria": list(self.criteria),
            "summary": self.summary,
            "rules": [verdict.as_json() for verdict in self.verdicts],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Report":
        """Make a report of what ``as_json`` gave."""
        return cls(
            file=data["file"],
            rows=data["rows"],
            dataset=data["dataset"],
            version=data["version"],
            model=data["model"]["name"],
            is_official=data["model"]["official"],
            criteria=tuple(data["criteria"]),
            verdicts=tuple(Verdict.from_json(verdict) for verdict in data["rules"]),
        )
