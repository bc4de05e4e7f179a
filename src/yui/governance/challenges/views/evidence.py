"""客観的根拠: a piece of evidence behind a challenge or an initiative."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.governance.challenges.forms import EvidenceForm, initial_of
from yui.governance.challenges.models import (
    Challenge,
    ChallengeEvidence,
    Initiative,
    InitiativeEvidence,
)
from yui.governance.challenges.operations import remove_evidence, save_evidence
from yui.governance.challenges.views.access import (
    Evidence,
    require_keep,
    visible_challenge,
    visible_evidence,
    visible_initiative,
)
from yui.governance.challenges.views.form_pages import form_page
from yui.kernel.ui.asking import actor_of, told

Record = Challenge | Initiative


@login_required
def new_challenge_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Put evidence behind a challenge."""
    return _form_page(request, visible_challenge(request, pk), None)


@login_required
def new_initiative_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Put evidence behind an initiative."""
    return _form_page(request, visible_initiative(request, pk), None)


@login_required
def challenge_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the evidence of a challenge."""
    stored = visible_evidence(request, ChallengeEvidence, pk)
    return _form_page(request, _owner(stored), stored)


@login_required
def initiative_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the evidence of an initiative."""
    stored = visible_evidence(request, InitiativeEvidence, pk)
    return _form_page(request, _owner(stored), stored)


@login_required
@require_POST
def remove_challenge_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take evidence of a challenge away."""
    return _remove(request, visible_evidence(request, ChallengeEvidence, pk))


@login_required
@require_POST
def remove_initiative_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Take evidence of an initiative away."""
    return _remove(request, visible_evidence(request, InitiativeEvidence, pk))


def _owner(evidence: Evidence) -> Record:
    """Return what the evidence stands behind."""
    return evidence.challenge if isinstance(evidence, ChallengeEvidence) else evidence.initiative


def _remove(request: HttpRequest, stored: Evidence) -> HttpResponse:
    owner = _owner(stored)
    require_keep(request, owner)
    told(request, lambda: remove_evidence(actor_of(request), evidence=stored), _("根拠を消しました。"))
    return redirect(owner)


def _form_page(request: HttpRequest, owner: Record, stored: Evidence | None) -> HttpResponse:
    require_keep(request, owner)
    actor = actor_of(request)
    form = EvidenceForm(request.POST or None, initial=initial_of(stored) if stored else None, actor=actor)
    return form_page(
        request,
        form,
        title=_("根拠を直す") if stored else _("根拠を加える"),
        organisation=owner.organisation,
        save=lambda: save_evidence(actor, of=owner, facts=form.facts(stored), evidence=stored),
        said=_("根拠を保存しました。"),
        leads_to=lambda _evidence: owner.get_absolute_url(),
        back=owner,
    )
