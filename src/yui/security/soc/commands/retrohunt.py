"""``yui soc retrohunt``."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from yui.kernel.lake.errors import LakeError
from yui.kernel.lake.reach import Reach
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.sigma import CompiledRules, load_rules
from yui.security.soc.event_store.clocks import DAY, moment
from yui.security.soc.event_store.reading import Span
from yui.security.soc.event_store.retro_hunt import MOST_MATCHES, Found, RetroHunt, retro_hunt
from yui.security.soc.formats.rule_archives import RuleSourceMissing, read_rule_path
from yui.security.soc.models import DetectionRule
from yui.security.soc.queries.rules.audit_routes import audit_routes

REASON = "the installation looks for a rule among stored events"
DEFAULT_DAYS = 30.0


class Command(BaseCommand):
    """Looks for one rule among stored events."""

    requires_system_checks = [Tags.models]
    help = "保存したログを新しいルールで調べ直す / look for a rule among stored events"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the rule, the time and the wards."""
        parser.add_argument("--rule", required=True, metavar="ID", help="id of a Sigma rule")
        parser.add_argument("--days", type=float, default=DEFAULT_DAYS, metavar="N")
        parser.add_argument(
            "--rules", type=Path, default=None, metavar="PATH", help="a rule not yet imported"
        )
        parser.add_argument("--ward", action="append", default=[], metavar="CODE")
        parser.add_argument("--most", type=int, default=MOST_MATCHES, metavar="N", help="at most N matches")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one match a line, then a summary."""
        if options["days"] <= 0:
            raise CommandError("--days: 0より大きい数にしてください / a number above zero")
        chosen = Organisation.objects.filter(code__in=options["ward"])
        wards = list(chosen if options["ward"] else Organisation.objects.active())
        if unknown := sorted(set(options["ward"]) - {ward.code for ward in wards}):
            raise CommandError(f"--ward {unknown[0]}: 団体コードが見つかりません / no such organisation")
        rules = self._rules(options["rule"], options["rules"])
        now = time.time_ns() // 1000
        span = Span(now - int(options["days"] * DAY), now + DAY)
        try:
            hunted = _hunt(rules, span, wards, options["most"])
        except LakeError as error:
            raise CommandError(str(error)) from error
        for found in hunted.found:
            line = (
                json.dumps(_as_json(found), ensure_ascii=False, default=str)
                if options["json"]
                else _row(found)
            )
            self.stdout.write(line)
        self._summary(hunted, as_json=options["json"])

    def _rules(self, rule_id: str, path: Path | None) -> CompiledRules:
        """Return the rule, from the path or among those imported."""
        if path is None:
            stored = DetectionRule.objects.unscoped(REASON).filter(rule_id=rule_id).first()
            texts = [] if stored is None else [(stored.rule_id, stored.source)]
        else:
            try:
                texts = [(one.place, one.text) for one in read_rule_path(path).texts]
            except RuleSourceMissing as error:
                raise CommandError(str(error)) from error
        loaded = load_rules(texts, cache=Path(settings.HOME) / "cache" / "soc-rules")
        rules = loaded.rules.subset([rule_id])
        if not len(rules):
            reasons = [one.reason for one in loaded.unsupported if one.id == rule_id]
            why = reasons[0] if reasons else "ルールが見つかりません / no such rule"
            raise CommandError(f"--rule {rule_id}: {why}")
        return rules

    def _summary(self, hunted: RetroHunt, *, as_json: bool) -> None:
        if as_json:
            summary = {
                "events": hunted.events,
                "candidates": hunted.candidates,
                "matches": len(hunted.found),
                "is_cut": hunted.is_cut,
                "seconds": round(hunted.seconds, 3),
            }
            self.stdout.write(json.dumps(summary))
            return
        more = "(ほかにもあります / there are more)" if hunted.is_cut else ""
        self.stdout.write(
            f"{hunted.events:,} 件から {len(hunted.found):,} 件{more}、{hunted.seconds:.1f} 秒 / "
            f"{len(hunted.found):,} matches in {hunted.events:,} events"
        )


def _hunt(rules: CompiledRules, span: Span, wards: Sequence[Organisation], most: int) -> RetroHunt:
    """Hunt in wards whose rules follow the same optional routes together."""
    members: dict[frozenset[str], list[str]] = {}
    for code, routes in audit_routes(wards).items():
        members.setdefault(routes, []).append(code)
    whole = RetroHunt((), 0, 0, is_cut=False, seconds=0.0)
    for routes, codes in members.items():
        part = retro_hunt(
            Reach.everything(REASON),
            CompiledRules(rules, routes),
            span,
            wards=codes,
            groups=routes,
            most=most - len(whole.found),
        )
        whole = RetroHunt(
            whole.found + part.found,
            whole.events + part.events,
            whole.candidates + part.candidates,
            whole.is_cut or part.is_cut,
            whole.seconds + part.seconds,
        )
    return whole


def _as_json(found: Found) -> dict[str, Any]:
    rule, event = found.match.rule, found.event
    return {
        "rule_id": rule.id,
        "title": rule.title,
        "level": rule.level,
        "author": rule.author,
        "licence": rule.licence,
        "ward": event.ward,
        "event_id": event.event_id.hex(),
        "time": moment(event.time).isoformat(),
        "event": event.record.fields,
        "matched": [atom._asdict() for atom in found.match.atoms],
    }


def _row(found: Found) -> str:
    when = f"{moment(found.event.time):%Y-%m-%d %H:%M:%S}Z"
    seen = ", ".join(f"{atom.field}={str(atom.value)[:60]!r}" for atom in found.match.atoms[:3])
    return f"{when}  {found.event.ward}  {found.match.rule.title}  {seen}"
