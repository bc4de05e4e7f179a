"""課題: the list, one challenge in the article's form, its form and its state."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from yui.governance.challenges.forms import ChallengeForm, StateForm, initial_of
from yui.governance.challenges.models import Challenge, ChallengeState, Whose
from yui.governance.challenges.models.challenge import MARKS
from yui.governance.challenges.operations import (
    adopt_article,
    close_challenge,
    reopen_challenge,
    save_challenge,
)
from yui.governance.challenges.policies import may_keep, may_keep_somewhere
from yui.governance.challenges.queries.chain import chains_of
from yui.governance.challenges.queries.logic_model import key_of
from yui.governance.challenges.queries.records import challenges_for, evidence_of
from yui.governance.challenges.views.access import require_keep, visible_challenge
from yui.governance.challenges.views.form_pages import form_page
from yui.governance.challenges.views.histories import entries_of
from yui.kernel.policy import Verb
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, keeping_organisation, told
from yui.organisations.public import SECRETARIAT_CODE


def _of_pillars(rows: QuerySet, chosen: list[str]) -> QuerySet:
    """Keep the challenges that concern all of the chosen pillars."""
    return rows.filter(**{f"for_pillar_{number}": True for number in chosen})


class ChallengeTable(Table):
    """The list of challenges."""

    code = "challenges.challenges"
    title = pgettext_lazy("list", "課題")
    search = ("title", "title_en", "code", "statement")
    search_hint = _("課題の名称、内容、コード")
    columns = (
        Column("title", pgettext_lazy("list", "課題"), "name", sort="title"),
        Column("whose", _("だれの課題か"), choice_of("whose"), Kind.BADGE, sort="whose"),
        Column("pillars", _("支援策"), "marks", nowrap=True),
        Column("state", _("状態"), choice_of("state"), Kind.BADGE, sort="state"),
        Column("evidence", _("根拠"), "evidence_count", Kind.NUMBER, sort="evidence_count"),
        Column("organisation", _("団体"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("code", _("コード"), "code", sort="code", default=False),
        Column("position", _("並び順"), "position", Kind.NUMBER, sort="position", default=False),
    )
    filters = (
        Filter("whose", _("だれの課題か"), "whose", Whose.choices),
        Filter(
            "pillar",
            _("支援策"),
            choices=[(str(number), mark) for number, mark in MARKS.items()],
            narrow=_of_pillars,
        ),
        Filter("state", _("状態"), "state", ChallengeState.choices),
    )
    default_sort = "position"
    empty_title = _("課題がまだありません")
    empty_text = _(
        "課題、客観的根拠、放置した場合の悪影響を書くと、取組と指標につながるロジックモデルになります。"
    )


@login_required
@require_safe
def challenges(request: HttpRequest) -> HttpResponseBase:
    """Show the challenges that the reader may see."""
    actor = actor_of(request)
    rows = challenges_for(actor)
    context = {
        "may_keep": may_keep_somewhere(actor),
        "may_adopt": SECRETARIAT_CODE in actor.organisation_codes_with(Verb.EDIT)
        and not rows.filter(organisation__code=SECRETARIAT_CODE).exists(),
    }
    return ChallengeTable(request, rows).response("challenges/challenges.html", context)


@login_required
@require_safe
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one challenge: what, on what evidence, what if left, what is done, and whether it works."""
    shown, actor = visible_challenge(request, pk), actor_of(request)
    chains = chains_of(actor, shown.pillars, key_of(shown))
    keeps = may_keep(actor, shown)
    context = {
        "challenge": shown,
        "evidence": evidence_of(actor, shown),
        "chains": chains,
        "indicators": [node for chain in chains for node in chain.indicators],
        "may_keep": keeps,
        "entries": entries_of(shown) if keeps else [],
    }
    return render(request, "challenges/challenge.html", context)


@login_required
def new_challenge(request: HttpRequest) -> HttpResponse:
    """Add a challenge."""
    return _form_page(request, None)


@login_required
def edit_challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a challenge."""
    return _form_page(request, visible_challenge(request, pk))


def _form_page(request: HttpRequest, stored: Challenge | None) -> HttpResponse:
    if stored:
        require_keep(request, stored)
    organisation = stored.organisation if stored else keeping_organisation(request)
    form = ChallengeForm(request.POST or None, initial=initial_of(stored) if stored else None)
    return form_page(
        request,
        form,
        title=gettext("課題を直す") if stored else gettext("課題を加える"),
        organisation=organisation,
        save=lambda: save_challenge(
            actor_of(request), organisation=organisation, facts=form.facts(stored), challenge=stored
        ),
        said=gettext("課題を保存しました。"),
        leads_to=Challenge.get_absolute_url,
        back=stored,
    )


@login_required
def challenge_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a challenge is lighter, gone, or there again."""
    stored = visible_challenge(request, pk)
    require_keep(request, stored)
    form = StateForm(request.POST or None, challenge=stored)
    return form_page(
        request,
        form,
        title=gettext("課題の状態を変える"),
        organisation=stored.organisation,
        save=lambda: _change_state(request, stored, **form.cleaned_data),
        said=gettext("課題の状態を変えました。"),
        leads_to=Challenge.get_absolute_url,
        back=stored,
    )


def _change_state(request: HttpRequest, stored: Challenge, state: str, reason: str) -> Challenge:
    """Run the verb for the chosen state."""
    actor = actor_of(request)
    if state == ChallengeState.OPEN:
        return reopen_challenge(actor, challenge=stored, reason=reason)
    return close_challenge(actor, challenge=stored, reason=reason, state=ChallengeState(state))


@login_required
@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Enter the article's challenges and initiatives."""
    told(request, lambda: adopt_article(actor_of(request)), gettext("記事の課題と取組を取り込みました。"))
    return redirect("challenges:challenges")
