"""Take in practices that another installation wrote out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.writing import personal_numbers
from yui.people.practices.formats.practice_file import FiledPractice, PracticeFileError, read_practices
from yui.people.practices.models import Practice
from yui.people.practices.operations.practices.draft_practice import draft_practice
from yui.people.practices.operations.practices.facts import EffectFacts, HeaderFacts, WordingFacts
from yui.people.practices.queries.practices.origins import area_keys

ORIGIN = "yui:practices.filed:"
WRONG: dict[str, Any] = {
    "too_large": gettext_lazy("ファイルが大きすぎます。分けてください。"),
    "no_json": gettext_lazy("JSONとして読めません。書き出したファイルをそのまま使ってください。"),
    "other_format": gettext_lazy(
        "形式が yui-practices-1 ではありません。yui practices export で書き出してください。"
    ),
    "no_list": gettext_lazy("一覧がありません。"),
    "no_object": gettext_lazy("項目の形が違います。"),
    "no_text": gettext_lazy("文字ではありません。"),
    "too_long": gettext_lazy("長すぎます。"),
    "no_whole_number": gettext_lazy("整数ではありません。"),
    "no_number": gettext_lazy("数ではありません。"),
    "no_date": gettext_lazy("日付ではありません(例: 2026-04-01)。"),
    "missing": gettext_lazy("必要な項目が空です。"),
}


@dataclass(frozen=True)
class Refused:
    """A practice that was not taken in: where it stands in the file, and why."""

    place: str
    reason: str


@dataclass(frozen=True)
class TakenIn:
    """What became of the practices of a file; the three numbers add up to what it holds."""

    drafted: int
    known: int
    refused: tuple[Refused, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and reasons for a program."""
        return asdict(self) | {"total": self.drafted + self.known + len(self.refused)}


def import_practices(actor: Actor, *, ward: Organisation, content: bytes) -> TakenIn:
    """Draft the practices of a file for the ward, each as an operation of its own; a second run adds none.

    Drafts are the ward's alone until they are reviewed as any other text.

    Raises:
        PermissionRefused: when the actor may not import for the ward.
        PracticeFileError: when the file as a whole cannot be read.
    """
    require(actor, Verb.IMPORT, ward)
    listed = read_practices(content)
    known = set(
        Practice.objects.owned_by(ward)
        .filter(origin_urn__startswith=ORIGIN)
        .values_list("origin_urn", flat=True)
    )
    drafted, seen, refused = 0, 0, []
    for place, each in enumerate(listed):
        if isinstance(each, PracticeFileError):
            refused.append(Refused(each.place, str(WRONG[each.wrong])))
            continue
        if f"{ORIGIN}{each.key}" in known:
            seen += 1
            continue
        reasons = _draft(actor, ward, each)
        if reasons:
            refused.append(Refused(f"$.practices[{place}]", " ".join(reasons)))
        else:
            drafted += 1
            known.add(f"{ORIGIN}{each.key}")
    return TakenIn(drafted, seen, tuple(refused))


def _draft(actor: Actor, ward: Organisation, filed: FiledPractice) -> Sequence[str]:
    """Draft one practice; return why not, in sentences, empty where it was drafted."""
    for text in (*filed.texts.values(), filed.contact, *(each.method for each in filed.effects)):
        if numbers := personal_numbers(text):
            number = numbers[0].masked
            return [_("個人番号(マイナンバー)かもしれない番号があります(%(number)s)。") % {"number": number}]
    wording = WordingFacts(
        **filed.texts,
        initial_yen=filed.initial_yen,
        annual_yen=filed.annual_yen,
        started_on=filed.started_on,
        ended_on=filed.ended_on,
        effects=tuple(EffectFacts(**vars(each)) for each in filed.effects),
    )
    header = HeaderFacts(
        kind=filed.kind,
        audience=Visibility.WARDS.value,
        licence=filed.licence,
        contact=filed.contact,
        areas=frozenset(area_keys(filed.area_codes)),
    )
    try:
        draft_practice(
            actor, organisation=ward, wording=wording, header=header, origin_urn=f"{ORIGIN}{filed.key}"
        )
    except ValidationError as error:
        return error.messages
    return []
