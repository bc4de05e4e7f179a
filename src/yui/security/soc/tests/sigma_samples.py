"""Small rules and records for the tests of the Sigma engine."""

from collections.abc import Mapping
from typing import Any

import yaml

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.engine.sigma.loading import LoadedRules, load_rules
from yui.security.soc.engine.sigma.matching import detect

APP = {"product": "demo", "service": "app"}
APP_SOURCE = LogSource("demo", "", "app")
WINDOWS = LogSource("windows", "", "")
SYSMON = "Microsoft-Windows-Sysmon/Operational"


def rule_text(detection: Any, *, logsource: Mapping[str, str] = APP, **more: Any) -> str:
    """The YAML of a rule; a detection without condition is one selection."""
    if "condition" not in detection:
        detection = {"selection": detection, "condition": "selection"}
    number = more.pop("number", 1)
    head = {"title": f"Rule {number}", "id": f"00000000-0000-4000-8000-{number:012d}", **more}
    return yaml.safe_dump({**head, "logsource": dict(logsource), "detection": detection}, allow_unicode=True)


def loaded(*texts: str, **options: Any) -> LoadedRules:
    """The rules of texts; every one of them must be evaluable."""
    found = load_rules([(f"rule-{n}.yml", text) for n, text in enumerate(texts)], **options)
    assert not found.unsupported
    return found


def refusal(detection: Any, **options: Any) -> str:
    """Why a rule cannot be evaluated."""
    found = load_rules([("rule.yml", rule_text(detection))], **options)
    assert found.loaded == 0
    return found.unsupported[0].reason


def record(fields: Mapping[str, Any], source: LogSource = APP_SOURCE) -> LogRecord:
    return LogRecord(source, None, dict(fields), "")


def matches(detection: Any, fields: Mapping[str, Any], **options: Any) -> bool:
    """Whether a rule with this detection matches an event."""
    rules = loaded(rule_text(detection), **options).rules
    return bool(detect(rules, [record(fields)]))


def sysmon(event_id: int, **fields: Any) -> LogRecord:
    return record({"Channel": SYSMON, "EventID": event_id, **fields}, WINDOWS)
