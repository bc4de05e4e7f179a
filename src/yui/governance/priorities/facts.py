"""What people state about a set, before it is stored."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MOST_OPTIONS, MOST_CRITERIA = 20, 8


@dataclass(frozen=True)
class OptionFacts:
    """One option."""

    code: str
    title: str
    description: str = ""
    pillar: int | None = None
    urn: str = ""


@dataclass(frozen=True)
class CriterionFacts:
    """One criterion."""

    code: str
    title: str
    description: str = ""
    is_derived: bool = False


ARTICLE_CRITERIA = (
    CriterionFacts(
        "speed",
        "即効性・波及効果",
        "施策の実施から効果発現までの期間が短く、単一の課題解決に留まらず、複数の課題解決や多くの住民への便益に繋がる、"
        "影響範囲の広い施策を高く評価します。",
    ),
    CriterionFacts(
        "feasibility",
        "実現可能性",
        "現行の法制度や予算、人員体制の中で、大きな障壁なく実現が見込める施策を優先します。"
        "既存の仕組みや組織を活用できる施策は、優先度が高くなります。",
    ),
    CriterionFacts(
        "cost",
        "費用対効果",
        "投入する経営資源(予算・人員等)に対して、得られる効果が大きい施策を優先します。短期的なコストだけでなく、"
        "将来的な財政負担の軽減効果など、長期的な便益も考慮します。",
    ),
    CriterionFacts(
        "fairness",
        "公平性・持続可能性",
        "特定の層だけでなく、幅広い住民に便益が及び、かつ一時的な効果で終わらず、長期的に効果が持続する施策を高く評価します。",
    ),
    CriterionFacts(
        "evidence",
        "客観的根拠",
        "政府の調査報告書や先進自治体の成功事例など、効果が客観的なデータで裏付けられている施策を優先します。",
        is_derived=True,
    ),
)
"""The five criteria of the policy article, in its words."""


@dataclass(frozen=True)
class SetFacts:
    """A set with the criteria by which it judges."""

    code: str
    title: str
    purpose: str = ""
    visibility: str = "wards"
    is_illustrative: bool = False
    criteria: tuple[CriterionFacts, ...] = ARTICLE_CRITERIA


@dataclass(frozen=True)
class EvidenceFacts:
    """One piece of evidence for a score."""

    kind: str
    title: str
    address: str = ""
    published_on: date | None = None


@dataclass(frozen=True)
class ScoreFacts:
    """A score with its uncertainty, reason and evidence."""

    value: Decimal
    uncertainty: Decimal = Decimal(0)
    reason: str = ""
    evidence: tuple[EvidenceFacts, ...] = ()
