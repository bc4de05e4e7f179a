"""Which questions each paper asks, in the order of its form.

速報・確報: the nine items of 個人情報の保護に関する法律施行規則 第44条第1項. Common forms: the heads that the
国家サイバー統括室 published for ransomware and DDoS (2025-10-01). The other papers have no prescribed form.
"""

from collections.abc import Callable
from datetime import datetime

from yui.kernel.calendar_jp import TOKYO, wareki
from yui.security.soc.engine.duties import AUTHORITIES, TITLES, DutyCode
from yui.security.soc.formats.papers.facts import PaperFacts, facts_sha256
from yui.security.soc.formats.papers.paper import Paper, Row, Section

DRAFT = "下書き(記録から自動で作成。内容を確かめてから提出してください)"
DEMONSTRATION = "架空データ:この報告の値は説明のためにつくったもので、実在の区の値ではありません。"
EXERCISE = "演習・訓練:この報告は実際の事案ではありません。"


def paper_of(facts: PaperFacts, made_at: datetime) -> Paper:
    """Return the draft of the paper that ``facts.code`` names."""
    code = DutyCode(facts.code)
    local = made_at.astimezone(TOKYO)
    notices = [DRAFT, f"TLP:{facts.tlp}"]
    if facts.is_exercise:
        notices.insert(0, EXERCISE)
    if facts.is_demonstration:
        notices.insert(0, DEMONSTRATION)
    return Paper(
        title=_title(code, facts),
        addressee=f"{AUTHORITIES[code].ja} 御中" if code not in _WITHOUT_HONORIFIC else AUTHORITIES[code].ja,
        sender=facts.ward,
        number=facts.number,
        notices=tuple(notices),
        sections=_LAYOUTS.get(code, _plain_report)(facts),
        made_at=made_at,
        dated=f"{wareki(local.date())} {local:%H:%M}",
        facts_sha256=facts_sha256(facts),
    )


_WITHOUT_HONORIFIC = frozenset({DutyCode.EXECUTIVES, DutyCode.PEOPLE_CONCERNED, DutyCode.NCO_FORM})


def _title(code: DutyCode, facts: PaperFacts) -> str:
    if code is DutyCode.NCO_FORM:
        return "DDoS攻撃事案共通様式" if facts.category == "ddos" else "ランサムウェア事案共通様式"
    return TITLES[code].ja


def moment_text(at: datetime | None) -> str:
    """Return a moment as papers write it, in Tokyo; empty where there is none."""
    if at is None:
        return ""
    local = at.astimezone(TOKYO)
    return f"{wareki(local.date())} {local:%H時%M分}"


def _time(facts: PaperFacts, label: str) -> str:
    """Return one time of the incident by its label, with its interval where it is an estimate."""
    for row in facts.times:
        if row.label == label:
            return moment_text(row.at) + (f" 〜 {moment_text(row.until)}" if row.until else "")
    return ""


def _head(facts: PaperFacts) -> Section:
    return Section(
        "報告者",
        (
            Row("団体", facts.ward),
            Row("担当(指揮)", facts.commander),
            Row("インシデント番号", facts.number),
            Row("件名", facts.title),
        ),
    )


def _course(facts: PaperFacts) -> Section:
    rows = tuple(
        Row(row.label, moment_text(row.at) + (f" 〜 {moment_text(row.until)}" if row.until else ""))
        for row in facts.times
    )
    return Section("時系列", rows)


def _systems(facts: PaperFacts) -> str:
    return "\n".join(
        f"{row.name}({row.zone})"
        + "".join(
            f" {label}: {value}"
            for label, value in (
                ("影響", row.effect),
                ("停止", moment_text(row.stopped_at)),
                ("封じ込め", moment_text(row.contained_at)),
                ("復旧", moment_text(row.restored_at)),
            )
            if value
        )
        for row in facts.systems
    )


def _people(facts: PaperFacts) -> str:
    return "" if facts.leaked_people is None else f"{facts.leaked_people:,}人"


def _leak_report(facts: PaperFacts) -> tuple[Section, ...]:
    """Return the nine items of 規則44条1項; both reports ask for the same."""
    known = facts.leak_known_at or next((row.at for row in facts.times if row.label == "検知"), None)
    return (
        _head(facts),
        Section(
            "1 概要",
            (
                Row("事態の種類", facts.category_label),
                Row("報告の対象となる理由", "、".join(facts.reasons)),
                Row("発生日時", _time(facts, "発生")),
                Row("知った日時", moment_text(known)),
                Row("概要", facts.summary),
            ),
        ),
        Section(
            "2 保有個人情報の項目",
            (Row("項目", facts.leaked_items), Row("含まれる情報の種別", "、".join(facts.kinds_of_data))),
        ),
        Section("3 本人の数", (Row("人数(おそれを含む)", _people(facts)),)),
        Section("4 原因", (Row("原因", facts.cause),)),
        Section("5 二次被害又はそのおそれの有無及びその内容", (Row("二次被害", facts.secondary_damage),)),
        Section("6 本人への対応の実施状況", (Row("対応", facts.response_to_people),)),
        Section("7 公表の実施状況", (Row("公表", facts.publication),)),
        Section(
            "8 再発防止のための措置",
            (Row("実施した措置", "\n".join(facts.actions)), Row("今後の措置", facts.prevention)),
        ),
        Section("9 その他参考となる事項", (Row("影響を受けたシステム", _systems(facts)),)),
        _course(facts),
    )


def _common_form(facts: PaperFacts) -> tuple[Section, ...]:
    """Return the common form; the technical questions differ between ransomware and DDoS."""
    if facts.category == "ddos":
        technical = Section(
            "攻撃の技術情報",
            (
                Row(
                    "攻撃の種類(ネットワークへの大量通信、反射・増幅、サービスの枯渇、その他・不明)",
                    facts.technique,
                ),
                Row("通信量(Gbps・pps)と継続時間", ""),
                Row("攻撃元・攻撃先のIPアドレス", ""),
                Row("緩和策", "\n".join(facts.actions)),
                Row("脅迫・犯行声明", ""),
            ),
        )
    else:
        technical = Section(
            "攻撃の技術情報",
            (
                Row("ランサムノート(身代金要求の文言)", ""),
                Row("暗号化されたファイルの拡張子", ""),
                Row("ランサムウェアの類型", ""),
                Row("侵入方法", facts.cause),
                Row("ランサムウェアの特徴(インディケータ情報)", facts.technique),
            ),
        )
    return (
        _head(facts),
        Section(
            "事案の概要",
            (
                Row("発生日時", _time(facts, "発生")),
                Row("認知日時", _time(facts, "検知")),
                Row("概要", facts.summary),
                Row("影響を受けたシステム", _systems(facts)),
                Row("業務への影響", facts.severity_reason),
            ),
        ),
        technical,
        Section(
            "対応の状況",
            (
                Row("封じ込め", _time(facts, "封じ込め完了")),
                Row("復旧", _time(facts, "復旧完了")),
                Row("実施した対処", "\n".join(facts.actions)),
                Row("今後の対処", facts.prevention),
            ),
        ),
        Section(
            "個人情報",
            (
                Row("漏えい、またはそのおそれの人数", _people(facts)),
                Row("項目", facts.leaked_items),
                Row("公表", facts.publication),
            ),
        ),
        Section("情報の共有", (Row("国家サイバー統括室への共有の同意(する・しない)", ""),)),
    )


def _notice_to_people(facts: PaperFacts) -> tuple[Section, ...]:
    """Return the notice to the people concerned: items 1, 2, 4, 5 and 9 of 規則44条1項 (規則45条)."""
    return (
        Section("起きたこと", (Row("概要", facts.summary), Row("発生日時", _time(facts, "発生")))),
        Section("漏えいした、またはそのおそれがある個人情報の項目", (Row("項目", facts.leaked_items),)),
        Section("原因", (Row("原因", facts.cause),)),
        Section("二次被害、またはそのおそれ", (Row("二次被害", facts.secondary_damage),)),
        Section(
            "参考となる事項",
            (
                Row("区の対応", facts.response_to_people),
                Row("再発防止", facts.prevention),
                Row("問い合わせ先", ""),
            ),
        ),
    )


def _plain_report(facts: PaperFacts) -> tuple[Section, ...]:
    """Return a report without a prescribed form: what, how bad, what is done, what comes next."""
    return (
        _head(facts),
        Section(
            "概要",
            (
                Row("種類", facts.category_label),
                Row("深刻度", facts.severity_label),
                Row("深刻度の理由", facts.severity_reason),
                Row("概要", facts.summary),
            ),
        ),
        Section(
            "影響",
            (
                Row("システム", _systems(facts)),
                Row("個人情報(人数)", _people(facts)),
                Row("個人情報(項目)", facts.leaked_items),
            ),
        ),
        _course(facts),
        Section(
            "対応",
            (
                Row("実施した対処", "\n".join(facts.actions)),
                Row("原因", facts.cause),
                Row("手口と痕跡", facts.technique),
                Row("公表", facts.publication),
                Row("再発防止", facts.prevention),
            ),
        ),
    )


_LAYOUTS: dict[DutyCode, Callable[[PaperFacts], tuple[Section, ...]]] = {
    DutyCode.PPC_PRELIMINARY: _leak_report,
    DutyCode.PPC_FINAL: _leak_report,
    DutyCode.NCO_FORM: _common_form,
    DutyCode.PEOPLE_CONCERNED: _notice_to_people,
}
