"""Why somebody is asked: plain data to be kept, and the words for them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from yui.people.commons.engine.routing import Candidate


def reasons_of(candidate: Candidate) -> list[dict[str, Any]]:
    """Return the reasons for a candidate as they are kept with a request, the strongest first."""
    found: list[dict[str, Any]] = []
    if candidate.solved:
        found.append({"reason": "solved", "count": candidate.solved})
    elif candidate.answered:
        found.append({"reason": "answered", "count": candidate.answered})
    if candidate.talents:
        found.append({"reason": "talents", "tags": list(candidate.talents)})
    if candidate.is_active:
        found.append({"reason": "active"})
    return found


def reason_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return kept reasons in the reader's language; what a later version wrote is left out."""
    return [words for each in reasons if (words := _words(each))]


def _words(reason: Mapping[str, Any]) -> str:
    match reason.get("reason"):
        case "solved":
            return _("同じ話題の質問を%(count)s件解決") % {"count": reason["count"]}
        case "answered":
            return _("同じ話題の質問に%(count)s件回答") % {"count": reason["count"]}
        case "talents":
            return _("得意なこと: %(tags)s") % {"tags": "、".join(reason["tags"])}
        case "active":
            return _("最近よく回答")
    return ""
