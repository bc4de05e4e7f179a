"""Small rules and events of our own for the tests of rules, senders and the rota."""

import io
import uuid

from yui.kernel.calendar_jp import now, today
from yui.security.soc.formats.rule_archives import read_rule_stream
from yui.security.soc.models import Alert, AlertGroup, DetectionRule, SeenField
from yui.security.soc.operations.rules.import_rules import import_rules
from yui.security.soc.operations.rules.reading import read_rules

TEXT = """title: Use of {name}
id: {id}
status: test
description: Finds {name}.
author: A. Author
license: DRL 1.1
tags:
    - attack.execution
    - attack.t1059.001
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\{name}.exe'
    condition: selection
level: {level}
"""


def rule_text(name, level="high"):
    """Return a rule that finds a program; the same name has the same id."""
    return TEXT.format(name=name, id=uuid.uuid5(uuid.NAMESPACE_DNS, name), level=level)


def add_rules(actor, *names, level="high"):
    """Import rules, and return them in the order of the names."""
    text = "---\n".join(rule_text(name, level) for name in names)
    import_rules(actor, read=read_rules(read_rule_stream("own.yml", io.BytesIO(text.encode()))))
    found = {rule.title: rule for rule in DetectionRule.objects.unscoped("test")}
    return [found[f"Use of {name}"] for name in names]


def see_fields(ward, *names, service="sysmon"):
    """Note that the ward's Windows events carried fields."""
    for name in names:
        SeenField.objects.create(
            organisation=ward,
            product="windows",
            service=service,
            field=name,
            first_seen=today(),
            last_seen=today(),
        )


def add_group(ward, rule, *, host="PC-1", count=1, **changes):
    """Store a group with one alert, as the detector would."""
    moment = changes.pop("detected_at", now())
    group = AlertGroup.objects.create(
        organisation=ward,
        rule=rule,
        group_key=uuid.uuid4().hex,
        opened_for=moment,
        title=rule.title,
        level=rule.level,
        priority=10,
        host=host,
        count=count,
        first_event_at=moment,
        last_event_at=moment,
        detected_at=moment,
        **changes,
    )
    Alert.objects.create(
        organisation=ward,
        group=group,
        rule=rule,
        event_id=uuid.uuid4().hex,
        event_at=moment,
        detected_at=moment,
        event={"Image": "C:\\x\\mimikatz.exe", "Computer": host, "User": "taro*"},
        matched=[{"field": "Image", "value": "C:\\x\\mimikatz.exe", "literal": "x", "modifier": "endswith"}],
    )
    return group
