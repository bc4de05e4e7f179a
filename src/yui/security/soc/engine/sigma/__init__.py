"""Sigma rules on batches of records: pure, without Django, the same in the stream, over the lake and on
Spark.

What other rooms call:

``loading.load_rules(texts, *, cache=None, expand=None, licence="", groups=frozenset()) -> LoadedRules``
    ``.rules`` (``CompiledRules``), ``.parsed``, ``.loaded``, ``.unsupported``, ``.correlations`` (YAML
    documents).
``matching.detect(rules, records) -> list[Match(position, rule, atoms)]``
    the function that all engines run; ``atoms`` are ``MatchedAtom(field, value, literal, modifier)``.
``screening.Screen(rules, flat_record).suspects(objects, text) -> list[int]``
    which objects of a block of JSON lines must become records at all; no rule matches the others.
``compiling.CompiledRules``
    can be pickled; ``.rules``, ``.subset(ids)``, ``len()``, iteration.
``rules.Rule``, ``rules.Unsupported``
``conditions.candidate_conditions(rule)``, ``conditions.required_fields(rule)``,
``conditions.columns_of(rule)``
    what a query over stored columns can ask first, and which columns ``detect`` needs.
``coverage.coverage(rules, seen, unsupported=()) -> list[RuleCoverage]``
    evaluable, field never seen, unsupported.
``exclusions.compile_exclusion(mapping) -> Exclusion``; ``Exclusion.matches(fields)``

``groups={routing.AUDIT}`` also follows Windows' own auditing (Security 4688, 4657) for process and registry
rules. See docs/sigma.md for the semantics.
"""

from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.conditions import candidate_conditions, columns_of, required_fields
from yui.security.soc.engine.sigma.coverage import RuleCoverage, RuleState, coverage
from yui.security.soc.engine.sigma.exclusions import Exclusion, ExclusionRefused, compile_exclusion
from yui.security.soc.engine.sigma.loading import LoadedRules, load_rules
from yui.security.soc.engine.sigma.matching import Match, MatchedAtom, detect
from yui.security.soc.engine.sigma.rules import Rule, Unsupported

__all__ = [
    "CompiledRules",
    "Exclusion",
    "ExclusionRefused",
    "LoadedRules",
    "Match",
    "MatchedAtom",
    "Rule",
    "RuleCoverage",
    "RuleState",
    "Unsupported",
    "candidate_conditions",
    "columns_of",
    "compile_exclusion",
    "coverage",
    "detect",
    "load_rules",
    "required_fields",
]
