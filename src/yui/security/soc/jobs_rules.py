"""Work on rules that takes longer than a page may: importing, trying, looking how far they see."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.errors import StorageLost
from yui.kernel.exchange.storage import verified_path
from yui.kernel.policy import Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tasks.errors import JobFailed
from yui.kernel.tasks.registry import job, periodic
from yui.kernel.tasks.run import JobRun
from yui.security.soc.formats.rule_archives import read_rule_stream
from yui.security.soc.models import DetectionRule
from yui.security.soc.operations.rules.import_rules import import_rules
from yui.security.soc.operations.rules.measure_coverage import event_rules, measure_coverage
from yui.security.soc.operations.rules.reading import read_rules
from yui.security.soc.operations.rules.trying import try_rule
from yui.security.soc.queries.rules.catalogue import known_rule_ids, rule_cache

IMPORT, TRY, COVERAGE = "soc.rules.import", "soc.rules.try", "soc.rules.coverage"


@job(IMPORT, title=_("検知ルールの取り込み"), verb=Verb.IMPORT)
def import_uploaded(
    run: JobRun, *, sha256: str, name: str, licence: str = "", retires_missing: bool = False
) -> dict[str, Any]:
    """Import an uploaded file of rules; a second run finds every rule unchanged."""
    run.progress(0, 3, str(_("ファイルを読んでいます")))
    try:
        with verified_path(sha256).open("rb") as source:
            files = read_rule_stream(name, source)
        run.progress(1, 3, str(_("ルールを確かめています")))
        read = read_rules(files, known_ids=known_rule_ids(), cache=rule_cache())
        run.check_cancelled()
        run.progress(2, 3, str(_("ルールを保存しています")))
        result = import_rules(run.actor, read=read, licence=licence, retires_missing=retires_missing)
    except StorageLost as error:
        raise JobFailed(str(error)) from error
    except ValidationError as error:
        raise JobFailed(" ".join(error.messages)) from error
    return {
        "pack": result.pack.pk,
        "parsed": result.parsed,
        "loaded": result.loaded,
        "unsupported": len(result.unsupported),
        "new": result.new,
        "changed": result.changed,
        "retired": result.retired,
    }


@job(TRY, title=_("検知ルールの試し"), verb=Verb.EDIT)
def try_stored(run: JobRun, *, rule: int, ward: str, days: int) -> dict[str, Any]:
    """Try a rule on a ward's stored events."""
    found = DetectionRule.objects.visible_to(run.actor).filter(pk=rule).first()
    place = Organisation.objects.filter(code=ward).first()
    if found is None or place is None:
        raise JobFailed(_("ルールか区が見つかりません。"))
    try:
        trial = try_rule(run.actor, ward=place, rule=found, days=days)
    except ValidationError as error:
        raise JobFailed(" ".join(error.messages)) from error
    return {"trial": trial.pk, "events": trial.events, "matches": trial.matches}


@periodic(COVERAGE, title=_("検知ルールの見える範囲を調べる"), every_minutes=60)
def measure_all(run: JobRun) -> dict[str, Any]:
    """Work out for every ward which rules are blind there."""
    rules = event_rules(rule_cache())
    wards = list(Organisation.objects.wards())
    for number, ward in enumerate(wards):
        run.progress(number, len(wards), ward.name)
        run.check_cancelled()
        measure_coverage(run.actor, ward=ward, rules=rules)
    return {"wards": len(wards), "rules": len(rules)}
