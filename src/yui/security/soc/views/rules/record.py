"""記録: one rule, how it stands in a ward, and what it raised there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.charts.engine.sparkline import sparkline
from yui.kernel.ledger.history import HistoryEntry, history_of
from yui.kernel.links import urn
from yui.kernel.policy import Actor, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.security.soc.engine.attack import technique
from yui.security.soc.models import DetectionRule, RuleActivation, RuleExclusion, RuleTrial
from yui.security.soc.operations.rules.conditions import condition_in_words
from yui.security.soc.policies import BODY_CODE, joint_body, may
from yui.security.soc.queries.rules.coverage import missing_fields
from yui.security.soc.queries.rules.floods import floods_of
from yui.security.soc.queries.rules.volumes import NOTHING, daily_volume, volumes
from yui.security.soc.views.rules.access import chosen_ward
from yui.security.soc.views.rules.forms import LimitForm, ReasonForm, TrialForm
from yui.security.soc.views.rules.histories import told
from yui.security.soc.views.rules.listing import logsource_of, sight_of, standing_of, status_of

MOST_TRIALS = 5
MOST_EXCLUSIONS = 20


def visible_rule(request: HttpRequest, pk: int) -> DetectionRule:
    """Return a rule that the reader may see, or answer 404."""
    rules = DetectionRule.objects.visible_to(actor_of(request)).select_related("pack")
    found: DetectionRule = visible_or_404(rules, pk=pk)
    return found


@login_required
@require_safe
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one rule; ``?ward=`` chooses the ward whose view is shown."""
    found = visible_rule(request, pk)
    ward, wards = chosen_ward(request)
    return render(request, "soc/rules/record.html", rule_context(request, found, ward, wards))


def rule_context(
    request: HttpRequest, found: DetectionRule, ward: Organisation | None, wards: list[Organisation]
) -> dict[str, Any]:
    """Return what the page of a rule shows."""
    actor = actor_of(request)
    body = joint_body()
    states = ward_states(actor, found, wards)
    own = next((state for state in states if ward is not None and state["ward"].pk == ward.pk), None)
    days = daily_volume(actor, found.pk, ward=ward)
    trials = RuleTrial.objects.visible_to(actor).filter(rule=found).select_related("organisation", "tried_by")
    exclusions = RuleExclusion.objects.visible_to(actor).filter(rule=found)
    if ward is not None:
        trials, exclusions = trials.filter(organisation=ward), exclusions.filter(organisation=ward)
    tried = list(trials[:MOST_TRIALS])
    return {
        "rule": found,
        "ward": ward,
        "wards": wards,
        "own": own,
        "states": states if ward is None else [],
        "on_count": sum(1 for state in states if state["is_on"]),
        "blind_count": sum(1 for state in states if state["blind"]),
        "volume": volumes(actor, ward=ward, rules=[found.pk]).get(found.pk, NOTHING),
        "days": days,
        "floods": floods_of(actor, found.pk, ward=ward),
        "sparkline": sparkline([count for _day, count in days]),
        "trials": tried,
        "is_tried": any(trial.rule_sha256 == found.sha256 for trial in tried),
        "exclusions": [
            {"record": one, "lines": condition_in_words(one.condition), "holds": holds(one)}
            for one in exclusions.select_related("organisation", "created_by")[:MOST_EXCLUSIONS]
        ],
        "techniques": [(name, technique(name)) for name in found.techniques],
        "logsource": logsource_of(found),
        "status_word": status_of(found),
        "standing": standing_of(found, own["is_on"] if own else found.is_default),
        "sight": sight_of(found, own["blind"] if own and own["is_known"] else None),
        "may_decide": may(actor, Verb.EDIT, ward) if ward else allows(actor, Verb.EDIT, body),
        "may_keep": allows(actor, Verb.EDIT, body),
        "reason_form": ReasonForm(auto_id="decide_%s"),
        "trial_form": TrialForm(auto_id="try_%s"),
        "limit_form": LimitForm(initial={"hourly_limit": found.hourly_limit}, auto_id="limit_%s"),
        "retire_form": ReasonForm(auto_id="retire_%s"),
        "entries": history(found, own),
    }


def holds(exclusion: RuleExclusion) -> bool:
    """Return whether an exclusion holds now."""
    return exclusion.withdrawn_at is None and exclusion.expires_at > now()


def ward_states(actor: Actor, found: DetectionRule, wards: list[Organisation]) -> list[dict[str, Any]]:
    """Return for each of the wards whether the rule is on, who decided it, and which fields never came."""
    decisions = {
        decision.organisation_id: decision
        for decision in RuleActivation.objects.visible_to(actor)
        .filter(rule=found, organisation__in=wards)
        .select_related("decided_by")
    }
    seen = missing_fields(actor, found.rule_id, wards)
    states = []
    for ward in wards:
        decision = decisions.get(ward.pk)
        is_on = decision.is_enabled if decision else found.is_default
        states.append(
            {
                "ward": ward,
                "decision": decision,
                "is_on": is_on and not found.unsupported and found.retired_at is None,
                "word": standing_of(found, is_on)[1],
                "is_known": ward.pk in seen,
                "blind": seen.get(ward.pk) is not None,
                "missing": seen.get(ward.pk) or (),
            }
        )
    return states


def history(found: DetectionRule, own: dict[str, Any] | None) -> list[HistoryEntry]:
    """Return the rule's history as the joint body keeps it, and the ward's own decisions."""
    entries = told(history_of(urn("soc.rule", found.pk), organisation=BODY_CODE), DetectionRule)
    if own and own["decision"]:
        decided = urn("soc.rule_activation", own["decision"].pk)
        entries += told(history_of(decided, organisation=own["ward"].code), RuleActivation)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)
