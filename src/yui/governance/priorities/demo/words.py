"""What the demonstration's sets say. Scores are made up; quoted evidence is the policy article's."""

from collections.abc import Mapping
from dataclasses import dataclass

from yui.governance.priorities.facts import EvidenceFacts, OptionFacts

TYPED = ("speed", "feasibility", "cost", "fairness")


@dataclass(frozen=True)
class DemoOption:
    """An option with a score and a width for each typed criterion, and evidence for some of them."""

    facts: OptionFacts
    scores: tuple[str, str, str, str]
    widths: tuple[str, str, str, str]
    evidence: Mapping[str, tuple[EvidenceFacts, ...]]


def _report(title: str, address: str = "") -> EvidenceFacts:
    return EvidenceFacts("report", f"記事の引用: {title}", address)


def _example(title: str, address: str = "") -> EvidenceFacts:
    return EvidenceFacts("example", f"記事の引用: {title}", address)


def _opinion(title: str) -> EvidenceFacts:
    return EvidenceFacts("opinion", title)


CASES = _report("総務省「自治体DX推進参考事例集」が共同調達を有効な手法として推奨")
RENEWALS = _report(
    "公正取引委員会の調査で98.9%の自治体が既存ベンダーと再契約",
    "https://gdx-times.com/knowledge-vendor-lock-in-2/",
)
ATTACKS = _report("自治体を標的とするサイバー攻撃は過去5年で3.8倍")
SPECIALISTS = _report("専門人材を確保している自治体では対応完了までの時間が63%短縮")
CLOUD = _report("クラウド移行済みの自治体ではインシデントが平均28.7%低下")
CONTINUITY = _report("ICT-BCPを整備している自治体では復旧時間が平均67.3%短縮")
TRAINING = _example(
    "先進自治体は外部人材の登用と並行して内部職員を育成",
    "https://www.city.kishiwada.lg.jp/uploaded/attachment/144433.pdf",
)
PLAN = _report(
    "国の「自治体DX推進計画」は業務の再構築を重視",
    "https://www.city.kunitachi.tokyo.jp/material/files/group/17/DX_keikaku.pdf",
)
TEAM = _example(
    "愛媛県「チーム愛媛」の合同研修と共同調達", "https://www.soumu.go.jp/denshijiti/index_00001.html"
)
PLATFORM = _example("裾野市・七ヶ浜町などの共創プラットフォームの活用")
HEARING = _opinion("架空: 各区の担当課長の意見")

EVEN = ("0.5", "0.5", "0.5", "0.5")

PILLARS = (
    DemoOption(
        OptionFacts(
            "1",
            "円滑な移行と運用最適化",
            "標準準拠システムへの移行期の混乱を乗り切るための支援。共同調達、BPR伴走支援、運用コストの可視化。",
            1,
        ),
        ("4.5", "3.5", "3.5", "3"),
        EVEN,
        {"speed": (HEARING,), "feasibility": (CASES,), "cost": (CASES, RENEWALS), "fairness": (HEARING,)},
    ),
    DemoOption(
        OptionFacts(
            "2",
            "ゼロトラストを前提としたセキュリティ体制",
            "共通セキュリティフレームワーク、共同CSIRT/SOC、合同サイバー演習。",
            2,
        ),
        ("2.5", "2.5", "3", "4"),
        EVEN,
        {
            "speed": (SPECIALISTS,),
            "feasibility": (HEARING,),
            "cost": (CLOUD, CONTINUITY),
            "fairness": (ATTACKS,),
        },
    ),
    DemoOption(
        OptionFacts(
            "3",
            "自律的DXを推進する組織・人材基盤",
            "共創プラットフォーム、合同デジタル人材育成、グッドプラクティスの共有。すべての改革の土台。",
            3,
        ),
        ("3.5", "4", "4", "4.5"),
        EVEN,
        {"speed": (PLATFORM,), "feasibility": (TRAINING,), "cost": (TEAM,), "fairness": (TRAINING, PLAN)},
    ),
)
"""The article's three pillars."""


def _initiative(
    code: str, title: str, scores: tuple[str, str, str, str], *behind: EvidenceFacts
) -> DemoOption:
    """Return an initiative whose evidence stands behind its scores one by one, as far as it goes."""
    evidence = {criterion: (each,) for criterion, each in zip(TYPED, behind, strict=False)}
    return DemoOption(
        OptionFacts(code, title, "", int(code[0])), scores, ("0.5", "0.5", "0.5", "0.5"), evidence
    )


INITIATIVES = (
    _initiative("1-1", "共同調達の推進", ("4", "3.5", "4.5", "3"), CASES, CASES, RENEWALS, HEARING),
    _initiative("1-2", "BPR伴走支援チーム", ("3.5", "3", "4", "4"), HEARING, HEARING, PLAN, PLAN),
    _initiative("1-3", "運用コストの可視化と政策提言", ("3", "4", "3", "3"), HEARING, HEARING, HEARING),
    _initiative(
        "2-1", "共通セキュリティフレームワーク", ("3", "3", "3", "4"), CLOUD, HEARING, CLOUD, ATTACKS
    ),
    _initiative("2-2", "共同CSIRT/SOC", ("3", "2", "3.5", "4"), SPECIALISTS, HEARING, SPECIALISTS, ATTACKS),
    _initiative("2-3", "合同サイバー演習", ("2.5", "3.5", "3", "3"), HEARING, CONTINUITY, CONTINUITY),
    _initiative("3-1", "共創プラットフォームの活用", ("4", "4.5", "4", "3.5"), PLATFORM, PLATFORM, HEARING),
    _initiative("3-2", "合同デジタル人材育成", ("3", "3.5", "4", "4.5"), TEAM, TEAM, TRAINING, PLAN),
    _initiative("3-3", "グッドプラクティスの共有", ("3.5", "4.5", "3.5", "4"), PLATFORM, PLATFORM, HEARING),
)
"""The article's nine initiatives."""

NOTES = (
    "住民にとっての公平さを重く見ました。",
    "まず効果が早く出るものを選びたいと考えました。",
    "職員の数が少ないので、無理なくできるかを重く見ました。",
    "財政が厳しく、費用対効果を重く見ました。",
    "",
)
