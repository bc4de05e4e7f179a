"""A petition as the document that it prints: live while it is a draft, as frozen once it is final."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from yui.kernel.calendar_jp import TOKYO, Month, format_date
from yui.transition.costs.engine.query_hash import canonical
from yui.transition.costs.formats.petition import Document, as_json, from_json
from yui.transition.costs.models import (
    ExhibitKind,
    MonthlyCost,
    Petition,
    PetitionEvidence,
    PetitionRequest,
    PetitionState,
)
from yui.transition.costs.queries.exhibits import (
    CONSTANT,
    Builder,
    SourceShelf,
    exhibit_of,
)
from yui.transition.costs.queries.exhibits_of_migration import causes, multiplier, spread
from yui.transition.costs.queries.exhibits_of_rates import exchange, ratio

LANGUAGE = "ja"
"""Petitions go to the nation: they are written in Japanese, whoever reads the page."""
PARTS = "parts of a petition that was scoped itself"
BUILDERS: Mapping[str, Builder] = {
    ExhibitKind.MULTIPLIER.value: multiplier,
    ExhibitKind.DISTRIBUTION.value: spread,
    ExhibitKind.CAUSES.value: causes,
    ExhibitKind.EXCHANGE.value: exchange,
    ExhibitKind.RATIO.value: ratio,
}


@dataclass(frozen=True)
class Parts:
    """What a petition asks for and what it rests on, in order."""

    requests: Sequence[PetitionRequest]
    evidence: Sequence[PetitionEvidence]


def parts_of(petition: Petition) -> Parts:
    """Return requests and evidence of a petition that the caller may see."""
    return Parts(
        list(PetitionRequest.objects.unscoped(PARTS).filter(petition=petition)),
        list(PetitionEvidence.objects.unscoped(PARTS).filter(petition=petition)),
    )


def document_of(petition: Petition) -> Document:
    """Return the document: the frozen one of a final petition, else one worked out from the records now.

    Raises:
        UnknownForm: when it was frozen in a form that this version does not read.
    """
    if petition.content is None:
        return fresh_document(petition)
    kept = from_json(petition.content)
    if kept.notice or not settings.IS_DEMONSTRATION:
        return kept
    # A demonstration becomes one only once all its data are in: the mark is put on what was frozen before.
    with override(kept.language):
        return replace(kept, notice=_notice())


def fresh_document(petition: Petition, *, is_final: bool = False) -> Document:
    """Return the document as the records give it now, in Japanese; ``is_final`` when it is to be frozen."""
    parts = parts_of(petition)
    shelf = SourceShelf(petition.organisation)
    with override(LANGUAGE):
        exhibits = tuple(
            exhibit_of(number, each.question, shelf, BUILDERS)
            for number, each in enumerate(parts.evidence, start=1)
        )
        return Document(
            title=petition.title,
            sender=petition.organisation.name_ja,
            addressees=tuple(petition.addressee_list),
            dated=petition.dated.isoformat(),
            dated_text=format_date(petition.dated),
            moment=datetime.combine(petition.dated, time(), TOKYO).isoformat(),
            state_text=str((PetitionState.FINAL if is_final else PetitionState.DRAFT).label),
            version=petition.version,
            preamble=petition.preamble,
            requests=tuple(each.text for each in parts.requests),
            exhibits=exhibits,
            facts=tuple(_facts(petition, [each.question for each in parts.evidence])),
            notice=_notice(),
            words=_words(),
            language=LANGUAGE,
        )


def content_hash(document: Document) -> str:
    """Return the SHA-256 of a document's values."""
    return sha256(canonical(as_json(document)).encode()).hexdigest()


def data_fingerprint(until: Month) -> str:
    """Return the SHA-256 of the monthly costs up to a month: the same records, the same fingerprint."""
    rows = (
        MonthlyCost.objects.unscoped("a fingerprint tells no figure")
        .filter(month__lte=str(until))
        .order_by("organisation__code", "month", "system_code", "cost_category", "currency", "billed", "rows")
        .values_list(
            "organisation__code", "month", "system_code", "cost_category", "currency", "billed", "rows"
        )
    )
    found = sha256()
    for row in rows.iterator(chunk_size=5000):
        found.update(repr(row).encode())
    return found.hexdigest()


def _facts(petition: Petition, questions: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what a reader needs to ask the same again: time of the data, definition, rules, fingerprint."""
    until = Month.parse(petition.until)
    found = [(_("データの時点"), _("{month}までの請求").format(month=until.label))]
    if questions:
        version = int(questions[0]["definition"])
        name = _("第{version}版").format(version=version) if version else _("承認された定義はまだありません")
        found.append((_("比率の定義"), name))
        constant = questions[0]["rates"] == CONSTANT
        found.append((_("外貨の円換算"), _("定義の基準レート") if constant else _("月ごとのレート")))
        rules = sorted({str(each["rule"]) for each in questions})
        found.append((_("計算の版"), "、".join(rules)))
    found.append((_("少ない区の扱い"), _("3区に満たない集まりは、となりとまとめて示しました。")))
    found.append((_("データの指紋(SHA-256)"), data_fingerprint(until)))
    return found


def _notice() -> str:
    if not settings.IS_DEMONSTRATION:
        return ""
    return _("架空データ:この提言書の値は説明のためにつくったもので、実在の区の値ではありません。")


def _words() -> dict[str, str]:
    """Return the fixed headings of the document."""
    return {
        "requests": _("要望事項"),
        "evidence": _("根拠資料"),
        "exhibit": _("資料"),
        "figures": _("おもな数字"),
        "appendix": _("付録:数字の出どころ"),
        "appendix_lead": _("どの数字も、次の問いを記録に当てて出しました。ハッシュは問いの SHA-256 です。"),
        "question": _("問い"),
        "hash": _("ハッシュ"),
        "facts": _("データの説明"),
        "page": _("ページ"),
        "version": _("版"),
        "item": _("項目"),
        "value": _("値"),
        "unit": _("単位"),
        "numbers": _("すべての数字"),
        "summary": _("概要"),
        "csv_exhibit": _("資料"),
        "csv_title": _("資料の題名"),
        "csv_cell": _("数字の位置"),
        "csv_label": _("項目"),
        "csv_value": _("値"),
        "csv_text": _("表示"),
        "csv_unit": _("単位"),
        "csv_query_hash": _("数字のハッシュ"),
        "csv_question": _("問い"),
    }
