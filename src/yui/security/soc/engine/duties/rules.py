"""The duties of an incident, one function for each paper."""

from collections.abc import Callable
from datetime import datetime, timedelta

from yui.security.soc.engine.duties.deadlines import (
    REMIND_BEFORE_FINAL,
    final_report_due,
    preliminary_report_days,
)
from yui.security.soc.engine.duties.facts import DutyCase, DutyCode, DutyFact, Nature, Words
from yui.security.soc.engine.duties.personal_data import reporting_reasons
from yui.security.soc.engine.duties.titles import AUTHORITIES, TITLES

EXECUTIVES_WITHIN = timedelta(hours=1)
ROUTE_WITHIN = timedelta(hours=24)
"""Yui's own starting values for what each ward's plan sets; docs/incidents.md says so."""

COMMON_FORMS = frozenset({"ransomware", "ddos"})
FOR_THE_POLICE = frozenset(
    {
        "ransomware",
        "ddos",
        "account_takeover",
        "unauthorised_access",
        "malware",
        "lost_device",
        "contractor_breach",
    }
)

_OWN_PLAN = Words(
    "各区の情報セキュリティポリシー・緊急時対応計画", "The ward's own security policy and emergency plan"
)
_DECLARED = Words("インシデントを宣言した", "The incident was declared")
_NOT_DECLARED = Words("インシデントをまだ宣言していない", "The incident is not declared yet")
_EXERCISE = Words("演習・訓練のため、外へは出さない", "An exercise: nothing leaves the house")


def duties_of(case: DutyCase) -> tuple[DutyFact, ...]:
    """Return every duty that Yui knows, with whether the facts call for it, in the order of their papers."""
    rules: tuple[Callable[[DutyCase], DutyFact], ...] = (
        _executives,
        _preliminary,
        _final,
        _people_concerned,
        _common_form,
        _tokyo_and_mic,
        _j_lis,
        _digital_agency,
        _police,
    )
    return tuple(rule(case) for rule in rules)


def _duty(
    case: DutyCase,
    code: DutyCode,
    nature: Nature,
    basis: Words,
    *,
    applies: bool,
    why: Words,
    due_at: datetime | None = None,
    warn_at: datetime | None = None,
) -> DutyFact:
    """Return the duty; an exercise has none, and what does not apply is due at no time."""
    holds = applies and not case.is_exercise
    return DutyFact(
        code=code,
        authority=AUTHORITIES[code],
        title=TITLES[code],
        nature=nature,
        due_at=due_at if holds else None,
        warn_at=warn_at if holds else None,
        basis=basis,
        applies=holds,
        why=_EXERCISE if case.is_exercise else why,
    )


def _executives(case: DutyCase) -> DutyFact:
    due = case.declared_at + EXECUTIVES_WITHIN if case.declared_at else None
    return _duty(
        case,
        DutyCode.EXECUTIVES,
        Nature.OWN_PLAN,
        _OWN_PLAN,
        applies=case.declared_at is not None,
        why=_DECLARED if case.declared_at else _NOT_DECLARED,
        due_at=due,
        warn_at=due - EXECUTIVES_WITHIN / 2 if due else None,
    )


def _known_at(case: DutyCase) -> datetime:
    """Return when the ward knew; nothing stated means that it knew when it detected, the earliest time."""
    return case.leak_known_at or case.detected_at


def _leak(case: DutyCase) -> tuple[bool, Words]:
    """Return whether the leak must be reported, and why or why not."""
    reasons = reporting_reasons(case)
    if reasons:
        return True, Words("、".join(r.ja for r in reasons), "; ".join(r.en for r in reasons))
    if case.leaked_people == 0:
        return False, Words("個人情報の漏えいはない", "No personal data leaked")
    return False, Words(
        "報告の対象になる事実はまだない(人数・要配慮・財産・不正の目的・条例・特定個人情報)",
        "No fact yet that calls for a report (number of people, sensitive data, property, wrongful purpose, "
        "ordinance, individual numbers)",
    )


def _report_basis(case: DutyCase, article: str) -> Words:
    """Return the law of a report to the commission, with that on individual numbers where it applies."""
    ja, en = (
        f"個人情報保護法68条1項、規則44条{article}",
        "Act on Personal Information, Art. 68(1); Rules, Art. 44",
    )
    if case.involves_my_number:
        return Words(f"{ja}、番号法29条の4第1項", f"{en}; My Number Act, Art. 29-4(1)")
    return Words(ja, en)


def _preliminary(case: DutyCase) -> DutyFact:
    applies, why = _leak(case)
    warn, due = preliminary_report_days(_known_at(case))
    return _duty(
        case,
        DutyCode.PPC_PRELIMINARY,
        Nature.LAW,
        _report_basis(case, "1項"),
        applies=applies,
        why=why,
        due_at=due,
        warn_at=warn,
    )


def _final(case: DutyCase) -> DutyFact:
    applies, why = _leak(case)
    due = final_report_due(_known_at(case), wrongful_purpose=case.wrongful_purpose)
    return _duty(
        case,
        DutyCode.PPC_FINAL,
        Nature.LAW,
        _report_basis(case, "2項"),
        applies=applies,
        why=why,
        due_at=due,
        warn_at=due - REMIND_BEFORE_FINAL,
    )


def _people_concerned(case: DutyCase) -> DutyFact:
    applies, why = _leak(case)
    basis = Words(
        "個人情報保護法68条2項、規則45条(速やかに)",
        "Act on Personal Information, Art. 68(2); Rules, Art. 45 (without delay)",
    )
    return _duty(case, DutyCode.PEOPLE_CONCERNED, Nature.LAW, basis, applies=applies, why=why)


def _common_form(case: DutyCase) -> DutyFact:
    """Return the common form of the 国家サイバー統括室, in use since 2025-10-01 for two kinds of attack.

    It sets no date of its own; where a 速報 is due, the form serves for it and is due with it.
    """
    applies = case.category in COMMON_FORMS
    leak, _why = _leak(case)
    warn, due = preliminary_report_days(_known_at(case)) if leak else (None, None)
    why = (
        Words("ランサムウェアかDDoS攻撃である", "Ransomware or a DDoS attack")
        if applies
        else Words(
            "共通様式があるのはランサムウェアとDDoS攻撃だけ",
            "Common forms exist for ransomware and DDoS only",
        )
    )
    basis = Words(
        "国家サイバー統括室の共通様式(2025年10月1日から)",
        "Common forms of the National Cybersecurity Office (from 2025-10-01)",
    )
    return _duty(
        case, DutyCode.NCO_FORM, Nature.REQUEST, basis, applies=applies, why=why, due_at=due, warn_at=warn
    )


def _by_route(case: DutyCase, code: DutyCode, *, applies: bool, why: Words) -> DutyFact:
    """Return a report that the ward's own plan asks for once the incident is declared."""
    declared = case.declared_at
    due = declared + ROUTE_WITHIN if declared else None
    return _duty(
        case,
        code,
        Nature.OWN_PLAN,
        _OWN_PLAN,
        applies=applies and declared is not None,
        why=why if declared else _NOT_DECLARED,
        due_at=due,
        warn_at=due - ROUTE_WITHIN / 4 if due else None,
    )


def _tokyo_and_mic(case: DutyCase) -> DutyFact:
    return _by_route(case, DutyCode.TOKYO_AND_MIC, applies=True, why=_DECLARED)


def _j_lis(case: DutyCase) -> DutyFact:
    touched = Words("LGWAN接続系のシステムが影響を受けた", "A system in the LGWAN zone is affected")
    free = Words("LGWAN接続系のシステムは影響を受けていない", "No system in the LGWAN zone is affected")
    why = touched if case.touches_lgwan else free
    return _by_route(case, DutyCode.J_LIS, applies=case.touches_lgwan, why=why)


def _digital_agency(case: DutyCase) -> DutyFact:
    applies = case.touches_government_cloud or case.category == "cloud_leak"
    touched = Words("ガバメントクラウドが関わる", "Government Cloud is concerned")
    free = Words("ガバメントクラウドは関わらない", "Government Cloud is not concerned")
    return _by_route(case, DutyCode.DIGITAL_AGENCY, applies=applies, why=touched if applies else free)


def _police(case: DutyCase) -> DutyFact:
    applies = case.category in FOR_THE_POLICE or case.wrongful_purpose
    crime = Words("犯罪や盗難・遺失のおそれがある", "A crime, a theft or a loss is to be feared")
    free = Words("犯罪のおそれを示す事実はまだない", "No fact yet that points to a crime")
    return _duty(
        case,
        DutyCode.POLICE,
        Nature.REQUEST,
        Words("各区の計画(速やかに)", "The ward's own plan (without delay)"),
        applies=applies,
        why=crime if applies else free,
    )
