"""What a ward tuned out of a rule: a Sigma detection on the fields of an alert's event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yui.security.soc.engine.sigma.evaluating import folded_fields, holds
from yui.security.soc.engine.sigma.nodes import Node


class ExclusionRefused(ValueError):
    """An exclusion cannot be evaluated; the message says why, in both languages."""


@dataclass(frozen=True)
class Exclusion:
    """A condition under which a match is no alert."""

    tree: Node

    def matches(self, fields: Mapping[str, Any]) -> bool:
        """Tell whether an event is tuned out."""
        return holds(self.tree, folded_fields(fields))


def compile_exclusion(
    condition: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    expand: Mapping[str, Sequence[str]] | None = None,
) -> Exclusion:
    """Compile an exclusion written as a Sigma search identifier (``{"Image|endswith": "\\\\x.exe"}``).

    A list of mappings holds when one of them does; a mapping with a ``condition`` is a whole Sigma detection
    of named search identifiers.

    Raises:
        ExclusionRefused: when it is empty or cannot be evaluated.
    """
    # pySigma takes half a second to import; most processes that can exclude never compile an exclusion.
    from sigma.exceptions import SigmaError

    from yui.security.soc.engine.sigma.parsing import detection_tree, reason_of

    detection = {"selection": _plain(condition), "condition": "selection"}
    if isinstance(condition, Mapping) and "condition" in condition:
        detection = dict(condition)
    try:
        return Exclusion(detection_tree(detection, expand or {}))
    except (SigmaError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ExclusionRefused(
            f"除外の条件を読めません / the exclusion cannot be read: {reason_of(error)}"
        ) from None


def _plain(condition: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Any:
    if isinstance(condition, Mapping):
        return dict(condition)
    return [dict(one) if isinstance(one, Mapping) else one for one in condition]
