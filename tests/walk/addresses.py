"""Every address of Yui with its parameters filled in from the records of one ward."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from tests.walk.challenges_records import ADDRESSES as OF_CHALLENGES
from tests.walk.challenges_records import OTHERS as OTHERS_OF_CHALLENGES
from tests.walk.commons_records import ADDRESSES as OF_COMMONS
from tests.walk.commons_records import SHARED_ADDRESSES as SHARED_OF_COMMONS
from tests.walk.overview_records import OTHERS as OTHERS_OF_OVERVIEW
from tests.walk.practices_records import ADDRESSES as OF_PRACTICES
from tests.walk.priorities_records import ADDRESSES as OF_PRIORITIES
from tests.walk.priorities_records import OTHERS as OTHERS_OF_PRIORITIES
from tests.walk.proposal_records import ADDRESSES as OF_PROPOSALS
from tests.walk.records import WardRecords
from tests.walk.reports_records import ADDRESSES as OF_REPORTS
from tests.walk.reports_records import OTHERS as OTHERS_OF_REPORTS
from tests.walk.statistics_records import ADDRESSES as OF_STATISTICS
from tests.walk.statistics_records import OTHERS as OTHERS_OF_STATISTICS

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")

Rule = Callable[[WardRecords], object]


def _key(kind: str) -> Rule:
    return lambda made: made.keys[kind]


def _always(value: str) -> Rule:
    return lambda made: value


def _ward(made: WardRecords) -> str:
    return made.ward.code


RECORD_RULES: dict[str, Rule] = {
    "api:apply_import.run_id": _key("run"),
    "api:get_bill.bill_id": _key("bill"),
    "api:get_contract.contract_id": _key("contract"),
    "api:get_import.run_id": _key("run"),
    "api:get_outage.outage_id": _key("outage"),
    "api:get_system.system_id": _key("system"),
    "costs:allocated.pk": _key("allocated"),
    "costs:allocation-rule-edit.pk": _key("allocation_rule"),
    "costs:allocation-rule.pk": _key("allocation_rule"),
    "costs:allocation-step.pk": _key("allocation_version"),
    "costs:allocation-version-edit.pk": _key("allocation_version"),
    "costs:allocation-version-new.pk": _key("allocation_rule"),
    "costs:allocation-version.pk": _key("allocation_version"),
    "costs:anomaly.pk": _key("anomaly"),
    "costs:anomaly-acknowledge.pk": _key("anomaly"),
    "costs:anomaly-explain.pk": _key("anomaly"),
    "costs:bill.pk": _key("bill"),
    "costs:focus-check-export.key": _key("focus_check"),
    "costs:focus-check-result.key": _key("focus_check"),
    "costs:budget-edit.pk": _key("budget"),
    "costs:budget-remove.pk": _key("budget"),
    "costs:invoice-remove.pk": _key("invoice"),
    "costs:intake.pk": _key("intake"),
    "costs:intake-apply.pk": _key("intake"),
    "costs:intake-cancel.pk": _key("intake"),
    "costs:mapping-remove.pk": _key("mapping"),
    "costs:petition.pk": _key("petition"),
    "costs:petition-edit.pk": _key("petition"),
    "costs:petition-file.pk": _key("petition"),
    "costs:petition-finalise.pk": _key("petition"),
    "costs:petition-preview.pk": _key("petition"),
    "costs:withdraw.pk": _key("bill"),
    "exchange:apply.pk": _key("run"),
    "exchange:cancel.pk": _key("run"),
    "exchange:errors.pk": _key("run"),
    "exchange:run.pk": _key("run"),
    "notices:webhook-step.pk": _key("notice_webhook"),
    "organisations:department.pk": _key("department"),
    "organisations:provider.pk": _key("provider"),
    "organisations:provider_test.pk": _key("provider"),
    "organisations:role.pk": _key("membership"),
    "organisations:role_end.pk": _key("membership"),
    "organisations:*.user_id": _key("user"),
    "portal:notice.pk": _key("notice"),
    "registry:change.pk": _key("change"),
    "registry:contract-edit.pk": _key("contract"),
    "registry:contract.pk": _key("contract"),
    "registry:maintenance-cancel.pk": _key("maintenance"),
    "registry:outage-edit.pk": _key("outage"),
    "registry:outage.pk": _key("outage"),
    "registry:system.pk": _key("system"),
    "registry:system-availability.pk": _key("system"),
    "registry:system-contracts.pk": _key("system"),
    "registry:system-edit.pk": _key("system"),
    "registry:system-history.pk": _key("system"),
    "registry:system-links.pk": _key("system"),
    "registry:system-operations.pk": _key("system"),
    "registry:system-retire.pk": _key("system"),
    "registry:unlink.pk": _key("link"),
    "api:close_alert.alert_id": _key("soc_alert"),
    "api:get_alert.alert_id": _key("soc_alert"),
    "api:get_incident.incident_id": _key("soc_incident"),
    "api:take_alert.alert_id": _key("soc_alert"),
    "soc:event.event_id": _key("soc_event"),
    "soc:alert.pk": _key("soc_alert"),
    "api:get_saved_hunt.hunt_id": _key("soc_saved_hunt"),
    "soc:saved-hunt.pk": _key("soc_saved_hunt"),
    "soc:saved-hunt-edit.pk": _key("soc_saved_hunt"),
    "soc:saved-hunt-remove.pk": _key("soc_saved_hunt"),
    "soc:incident.pk": _key("soc_incident"),
    "soc:incident-edit.pk": _key("soc_incident"),
    "soc:incident-severity.pk": _key("soc_incident"),
    "soc:incident-personal-data.pk": _key("soc_incident"),
    "soc:incident-report-facts.pk": _key("soc_incident"),
    "soc:incident-commander.pk": _key("soc_incident"),
    "soc:incident-now.pk": _key("soc_incident"),
    "soc:incident-past.pk": _key("soc_incident"),
    "soc:incident-end.pk": _key("soc_incident"),
    "soc:incident-timeline.pk": _key("soc_incident"),
    "soc:incident-tasks.pk": _key("soc_incident"),
    "soc:incident-playbook.pk": _key("soc_incident"),
    "soc:incident-systems.pk": _key("soc_incident"),
    "soc:incident-evidence.pk": _key("soc_incident"),
    "soc:incident-papers.pk": _key("soc_incident"),
    "soc:incident-alerts.pk": _key("soc_incident"),
    "soc:incident-report.pk": _key("soc_incident"),
    "soc:moment-revise.pk": _key("soc_moment"),
    "soc:task-settle.pk": _key("soc_task"),
    "soc:affected-now.pk": _key("soc_affected"),
    "soc:affected-past.pk": _key("soc_affected"),
    "soc:evidence-file.pk": _key("soc_evidence"),
    "soc:evidence-check.pk": _key("soc_evidence"),
    "soc:evidence-hand-over.pk": _key("soc_evidence"),
    "soc:paper-draft.pk": _key("soc_paper"),
    "soc:paper-again.pk": _key("soc_paper"),
    "soc:paper-step.pk": _key("soc_paper"),
    "soc:paper-file.pk": _key("soc_draft"),
    "soc:exclusion-withdraw.pk": _key("soc_exclusion"),
    "soc:sender.pk": _key("soc_sender"),
    "soc:sender-revoke.pk": _key("soc_sender"),
    "soc:sender-renew.pk": _key("soc_sender"),
    "soc:entrustment-change.pk": _key("soc_entrustment"),
    "soc:joint-alert.pk": _key("soc_joint_alert"),
    "soc:joint-alert-step.pk": _key("soc_joint_alert"),
    "soc:shift.pk": _key("soc_shift"),
    "soc:absence-remove.pk": _key("soc_absence"),
    "soc:handover.pk": _key("soc_handover"),
    "soc:escalation-remove.pk": _key("soc_step"),
    "tables:delete_view.pk": _key("view"),
    "tasks:cancel.pk": _key("job"),
    "tasks:job.pk": _key("job"),
    "tasks:retry.pk": _key("job"),
}
"""Parameters that name a record which only its own ward may see; ``*`` stands for any name of the room."""

RECORD_RULES |= {name: _key(kind) for name, kind in (OF_PRACTICES | OF_PROPOSALS).items()}

RECORD_RULES |= {name: _key(kind) for name, kind in OF_COMMONS.items()}

OTHER_RULES: dict[str, Rule] = {
    "account_confirm_email.key": _always("unknown"),
    "account_reset_password_from_key.key": _always("unknown-unknown"),
    "account_reset_password_from_key.uidb36": _always("1"),
    "api:list_records.code": _always("1-KGI-1"),
    "commons:act.kind": _always("hide"),
    "commons:intake-export.code": _ward,
    "costs:definition-approve.pk": _always("1"),
    "costs:multipliers-export.file_format": _always("csv"),
    "costs:petition-file.file_format": _always("csv"),
    "costs:ratio-export.file_format": _always("csv"),
    "costs:focus-check-export.file_format": _always("csv"),
    "costs:allocation-step.name": _always("submit"),
    "costs:business-export.file_format": _always("csv"),
    "costs:bridge-export.file_format": _always("csv"),
    "costs:bridge-items.effect": _always("systems"),
    "costs:budget-export.file_format": _always("csv"),
    "costs:commitments-export.file_format": _always("csv"),
    "costs:export.file_format": _always("csv"),
    "costs:whatif-export.file_format": _always("csv"),
    "costs:unit-costs-export.file_format": _always("csv"),
    "costs:outlook-export.file_format": _always("csv"),
    "costs:reconciliation-export.file_format": _always("csv"),
    "exchange:*.importer": _always("registry.systems"),
    "exchange:blank.file_format": _always("csv"),
    "indicators:*.slug": _always("1-kgi-1"),
    "indicators:report-file.file_format": _always("xlsx"),
    "indicators:report-file.month": _always("2026-05"),
    "mfa_edit_webauthn.pk": _always("1"),
    "mfa_remove_webauthn.pk": _always("1"),
    "notices:webhook-step.step": _always("off"),
    "openid_connect_callback.provider_id": lambda made: f"idp-{made.ward.code}",
    "openid_connect_login.provider_id": lambda made: f"idp-{made.ward.code}",
    "organisations:*.code": _ward,
    "portal:ward.code": _ward,
    "practices:practices-export.code": _ward,
    "registry:export.code": _ward,
    "registry:export.file_format": _always("csv"),
    "registry:export.name": _always("systems"),
    "registry:migration-record.area_code": _always("01"),
    "registry:migration-record.ward_code": _ward,
    "api:get_rule.rule_key": _key("soc_rule"),
    "api:get_sighting.sighting_id": _key("soc_sighting"),
    "soc:affected-past.step": _always("contained"),
    "soc:event.ward": _ward,
    "soc:hunting-export.file_format": _always("csv"),
    "soc:incident-end.way": _always("close"),
    "soc:incident-past.kind": _always("contained"),
    "soc:paper-step.step": _always("send"),
    "soc:rule-decide.pk": _key("soc_rule"),
    "soc:rule-limit.pk": _key("soc_rule"),
    "soc:rule-pack.pk": _key("soc_pack"),
    "soc:rule-retire.pk": _key("soc_rule"),
    "soc:rule-try.pk": _key("soc_rule"),
    "soc:rule.pk": _key("soc_rule"),
    "soc:sighting.pk": _key("soc_sighting"),
} | {name: _key(kind) for name, kind in SHARED_OF_COMMONS.items()}

OTHERS_OF_GOVERNANCE = OTHERS_OF_PRIORITIES | OTHERS_OF_STATISTICS | OTHERS_OF_CHALLENGES | OTHERS_OF_REPORTS
OTHERS_OF_GOVERNANCE |= OTHERS_OF_OVERVIEW
OF_GOVERNANCE = OF_PRIORITIES | OF_STATISTICS | OF_CHALLENGES | OF_REPORTS
OTHER_RULES |= {name: _always(value) for name, value in OTHERS_OF_GOVERNANCE.items()}
RECORD_RULES |= {name: _key(kind) for name, kind in OF_GOVERNANCE.items()}


class NoRule(Exception):
    """An address has a parameter for which this module names no value."""


@dataclass(frozen=True)
class Address:
    """One address: its name, its path with the parameters filled in, and whether it names a ward's record."""

    name: str
    path: str
    is_record: bool

    @property
    def is_of_sign_in(self) -> bool:
        """Whether the address belongs to django-allauth, which signs people in and out."""
        return self.path.startswith("/accounts/")


def addresses(made: WardRecords) -> list[Address]:
    """Return every address with the parameters of ``made``.

    Raises:
        NoRule: naming every parameter without a rule.
    """
    found, missing = [], []
    for name, pattern in _patterns(get_resolver()):
        try:
            found.append(_filled(name, pattern, made))
        except NoRule as error:
            missing.append(str(error))
    if missing:
        raise NoRule("tests/walk/addresses.py has no rule for: " + ", ".join(missing))
    return list(dict.fromkeys(found))


def _patterns(resolver: URLResolver, before: str = "", spaces: tuple[str, ...] = ()) -> Iterator:
    """Yield name and pattern of every address below ``resolver``."""
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern).removeprefix("^" if before else "")
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _patterns(each, pattern, inner)
        elif isinstance(each, URLPattern):
            yield ":".join((*spaces, each.name or pattern)), pattern


def _filled(name: str, pattern: str, made: WardRecords) -> Address:
    is_record = False

    def value(match: re.Match) -> str:
        nonlocal is_record
        rule, of_record = _rule(name, match.group(1) or match.group(2))
        is_record = is_record or of_record
        return str(rule(made))

    path = PARAMETER.sub(value, pattern).replace("^", "").removesuffix("$")
    return Address(name, f"/{path}", is_record)


def _rule(name: str, parameter: str) -> tuple[Rule, bool]:
    """Return the rule of a parameter, and whether it names a record."""
    room = name.rpartition(":")[0]
    for key in (f"{name}.{parameter}", f"{room}:*.{parameter}"):
        if key in RECORD_RULES:
            return RECORD_RULES[key], True
        if key in OTHER_RULES:
            return OTHER_RULES[key], False
    raise NoRule(f"{name}.{parameter}")
