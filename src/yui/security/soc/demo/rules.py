"""The rules of the demonstration, of our own writing, imported as anybody's are."""

from importlib.resources import as_file, files

from yui.kernel.policy import Actor
from yui.security.soc.formats.rule_archives import read_rule_path
from yui.security.soc.models import DetectionRule
from yui.security.soc.operations.rules.default_rules import default_rules
from yui.security.soc.operations.rules.import_rules import import_rules
from yui.security.soc.operations.rules.reading import read_rules


def make_rules(actor: Actor) -> list[DetectionRule]:
    """Import the rules and turn all of them on; return those that look at single events."""
    with as_file(files(__package__) / "rules.yml") as path:
        import_rules(actor, read=read_rules(read_rule_path(path)), licence="Apache-2.0")
    rules = list(DetectionRule.objects.order_by("rule_id"))
    default_rules(actor, rules=rules, is_default=True, reason="架空データの実演に使うため")
    return [rule for rule in rules if rule.level > 0]
