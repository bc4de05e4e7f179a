"""査読: what waits for a reader of another ward, and the reading itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.ui.asking import actor_of, attempt, told, visible_or_404
from yui.organisations.public import User
from yui.people.practices.forms_practices import InviteForm, ReviewForm
from yui.people.practices.models import SECTIONS, PracticeReview, PracticeVersion, Verdict, VersionStage
from yui.people.practices.operations.practices import decide_review, invite_reviewer, take_review
from yui.people.practices.operations.practices.errors import NotAReviewer
from yui.people.practices.policies import may_write, reviewing_wards
from yui.people.practices.queries.practices.reading import effects_of, sections_of
from yui.people.practices.queries.practices.reviews import (
    comments_of,
    heading_of,
    reviews_of,
    reviews_of_reader,
    waiting_versions,
)
from yui.people.practices.views.practices.access import visible_practice, written_practice
from yui.people.practices.views.practices.page import practice_page


@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show what waits for a reader: what the reader has taken up, and what nobody need be asked for."""
    actor = actor_of(request)
    mine = list(reviews_of_reader(actor))
    taken = {review.version_id for review in mine}
    context = {
        "mine": mine,
        "waiting": [each for each in waiting_versions(actor)[:100] if each.pk not in taken],
    }
    return render(request, "practices/practices/waiting.html", context)


@login_required
def reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the reviews of a practice to the two wards, and let the writer ask for one."""
    found, actor = visible_practice(request, pk), actor_of(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST":
        found = written_practice(request, pk)
        done, _review = attempt(
            form,
            lambda: invite_reviewer(actor, practice=found, reviewer=_person(form.cleaned_data["username"])),
        )
        if done:
            messages.success(request, _("査読を頼みました。"))
            return redirect("practices:practice-reviews", pk=pk)
    said = comments_of(actor, found)
    rows = [(review, said.get(review.pk, [])) for review in reviews_of(actor, found)]
    unfinished = found.versions.visible_to(actor).filter(stage=VersionStage.IN_REVIEW).exists()
    context = {
        "form": form,
        "rows": rows,
        "is_in_review": unfinished,
        "may_invite": unfinished and may_write(actor, found),
        "may_take": unfinished and bool(reviewing_wards(actor, found)),
        "mine": reviews_of_reader(actor).filter(version__practice=found).first(),
    }
    return practice_page(request, found, "reviews.html", context, status=422 if form.errors else 200)


def _person(username: str) -> User:
    """Return the person with a staff id.

    Raises:
        NotAReviewer: when there is none; whether one exists elsewhere is not told apart.
    """
    person = User.objects.filter(username=username.strip().lower()).first()
    if person is None:
        raise NotAReviewer(username)
    return person


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up a review without having been asked."""
    found = visible_practice(request, pk)
    if not told(request, lambda: take_review(actor_of(request), practice=found), _("査読を引き受けました。")):
        return redirect("practices:practice-reviews", pk=pk)
    review = reviews_of_reader(actor_of(request)).filter(version__practice=found).first()
    return redirect("practices:review", pk=review.pk) if review else redirect(found)


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a text section by section and give the verdict."""
    actor = actor_of(request)
    related = ("version__practice__organisation", "ward", "reviewer")
    visible = PracticeReview.objects.visible_to(actor).select_related(*related)
    found: PracticeReview = visible_or_404(visible, pk=pk, reviewer_id=actor.user_id)
    version = PracticeVersion.objects.visible_to(actor).filter(pk=found.version_id).first()
    if version is None:
        messages.info(request, _("意見を返した文章は、書いた区が直しています。"))
        return redirect("practices:practice-reviews", pk=found.version.practice_id)
    names = [("title", heading_of("title")), *((name, heading_of(name)) for name in SECTIONS)]
    form = ReviewForm(request.POST or None, sections=[*names, ("effects", heading_of("effects"))])
    if request.method == "POST":
        verdict = Verdict.PUBLISH if request.POST.get("verdict") == "publish" else Verdict.REVISE
        done, _nothing = attempt(
            form,
            lambda: decide_review(
                actor,
                review=found,
                verdict=verdict,
                comment=form.cleaned_data["comment"],
                sections=form.comments(),
            ),
        )
        if done:
            messages.success(
                request,
                _("公開しました。読んでくださってありがとうございます。")
                if verdict is Verdict.PUBLISH
                else _("意見を返しました。直ったら、もう一度お知らせします。"),
            )
            return redirect("practices:reviews-waiting")
    practice = visible_practice(request, version.practice_id)
    context = {
        "review": found,
        "version": version,
        "sections": [(section, form[f"on_{section.name}"]) for section in sections_of(version)],
        "effects": effects_of(actor, version),
        "form": form,
        "is_open": found.ended_at is None,
    }
    return practice_page(request, practice, "review.html", context, status=422 if form.errors else 200)
