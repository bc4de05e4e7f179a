"""記録: one practice, and the steps that the reader may take with it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.links import resolve, urn
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of, told
from yui.kernel.writing import render as rendered
from yui.people.practices.models import (
    Practice,
    PracticeAttachment,
    PracticeFollow,
    PracticeThanks,
    VersionStage,
)
from yui.people.practices.operations import practices as verbs
from yui.people.practices.operations.practices.submit_practice import missing_parts
from yui.people.practices.policies import may_write, reviewing_wards
from yui.people.practices.queries.practices.reading import Reading, reading_of
from yui.people.practices.queries.practices.related import related_areas, related_systems
from yui.people.practices.queries.practices.spread import adoptions_of
from yui.people.practices.views.practices.access import visible_practice
from yui.people.practices.views.practices.listing import validity


def practice_page(
    request: HttpRequest, practice: Practice, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Draw one of a practice's pages with what all of them show."""
    actor = actor_of(request)
    shared = {
        "practice": practice,
        "validity": validity(practice) if practice.registered_at else None,
        "may_write": may_write(actor, practice),
        "question_url": f"/commons/new/?about={urn('practices.practice', practice.pk)}",
    }
    return render(request, f"practices/practices/{template}", shared | context, status=status)


def with_images(actor: Actor, practice: Practice, reading: Reading) -> list[tuple[str, SafeString]]:
    """Return the sections as safe HTML, each image that is a file of the practice shown."""
    files = PracticeAttachment.objects.visible_to(actor).filter(practice=practice)
    images = {
        file.reference: reverse("practices:practice-image", args=[file.pk]) for file in files if file.is_image
    }
    return [(section.title, rendered(section.text, image_url=images.get)) for section in reading.sections]


@login_required
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the practice says, what it brought, and what can be done next."""
    found, actor = visible_practice(request, pk), actor_of(request)
    reading = reading_of(actor, found)
    adoptions = adoptions_of(actor, found)
    writes = may_write(actor, found)
    working = next(
        (each for each in (reading.next_version, reading.version) if each and each.published_at is None), None
    )
    context = {
        "reading": reading,
        "sections": with_images(actor, found, reading),
        "areas": related_areas(found),
        "systems": related_systems(actor, found),
        "files": PracticeAttachment.objects.visible_to(actor).filter(practice=found).order_by("name"),
        "adoptions": adoptions[:5],
        "adoption_count": len(adoptions),
        "origin": resolve([found.origin_urn], actor).get(found.origin_urn) if found.origin_urn else None,
        "working": working,
        "is_writing": working is not None and working.stage == VersionStage.DRAFTING,
        "missing": missing_parts(found, working, today()) if working and writes else [],
        "may_review": bool(reviewing_wards(actor, found)) and working is not None,
        "thanks_given": _is_mine(PracticeThanks, actor, found),
        "follows": _is_mine(PracticeFollow, actor, found),
    }
    return practice_page(request, found, "page.html", context)


def _is_mine(model: Any, actor: Actor, practice: Practice) -> bool:
    """Return whether the reader has given thanks, or follows."""
    return bool(model.objects.visible_to(actor).filter(practice=practice, person_id=actor.user_id).exists())


STEPS: dict[str, tuple[Callable[[Actor, Practice], Any], Callable[[], str]]] = {
    "submit": (
        lambda actor, practice: verbs.submit_practice(actor, practice=practice),
        lambda: _("査読に出しました。ほかの区の職員が読みます。"),
    ),
    "take-back": (
        lambda actor, practice: verbs.take_back_practice(actor, practice=practice),
        lambda: _("査読から戻しました。"),
    ),
    "discard": (
        lambda actor, practice: verbs.discard_version(actor, practice=practice),
        lambda: _("書きかけの版をやめました。"),
    ),
    "extend": (
        lambda actor, practice: verbs.extend_practice(actor, practice=practice),
        lambda: _("有効期限を今日から1年先にしました。"),
    ),
    "thank": (
        lambda actor, practice: verbs.set_thanks(actor, practice=practice, given=True),
        lambda: _("ありがとうを伝えました。"),
    ),
    "unthank": (
        lambda actor, practice: verbs.set_thanks(actor, practice=practice, given=False),
        lambda: _("取り消しました。"),
    ),
    "follow": (
        lambda actor, practice: verbs.set_follow(actor, practice=practice, follows=True),
        lambda: _("フォローしました。新しい版が出たら知らせます。"),
    ),
    "unfollow": (
        lambda actor, practice: verbs.set_follow(actor, practice=practice, follows=False),
        lambda: _("フォローをやめました。"),
    ),
}


@login_required
@require_POST
def practice_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the steps that need no form."""
    found = visible_practice(request, pk)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise BadRequest(_("この操作はありません。画面を開き直してください。"))
    act, sentence = step
    told(request, lambda: act(actor_of(request), found), sentence())
    return redirect(found)
