"""What every page of the commons asks first: who reads, which question, how a refusal is shown."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from yui.kernel.attachments.keeping import KeptUpload, keep_upload
from yui.kernel.policy import Actor
from yui.kernel.ui.asking import actor_of
from yui.people.commons.errors import NoSuchPost, PersonalNumberWritten
from yui.people.commons.forms import EditForm, WritingForm
from yui.people.commons.models import Post
from yui.people.commons.operations.posting import Writing
from yui.people.commons.policies import is_moderator
from yui.people.commons.queries.departments import department_of

R = TypeVar("R")


def visible_post(request: HttpRequest, pk: int) -> Post:
    """Return a post that the reader may see, with its question, or answer 404."""
    actor = actor_of(request)
    found = (
        Post.objects.visible_to(actor)
        .filter(pk=pk)
        .select_related("question__organisation", "posted_for", "author", "external_author", "hidden_author")
        .first()
    )
    if found is None:
        raise Http404(_("その投稿は見つかりません。"))
    is_off = found.hidden_at is not None or found.question.hidden_at is not None
    if is_off and not is_moderator(actor, found.question):
        raise Http404(_("その投稿は見つかりません。"))
    return found


def kept_files(files: Sequence[UploadedFile]) -> list[KeptUpload]:
    """Keep uploads before the transaction begins.

    Raises:
        ValidationError: naming the file that is not taken, and why.
    """
    return [keep_upload(file.file or file, name=file.name or "") for file in files]


def writing_of(actor: Actor, form: WritingForm) -> Writing:
    """Return what a valid form says, its files kept.

    Raises:
        ValidationError: as ``kept_files``.
    """
    stated, organisation = form.cleaned_data, form.body_chosen
    is_unnamed = stated.get("is_unnamed", False)
    return Writing(
        body=stated["body"],
        posted_for=organisation,
        is_unnamed=is_unnamed,
        department=department_of(actor, organisation) if is_unnamed else "",
        numbers_confirmed=stated["numbers_confirmed"],
        files=kept_files(stated["attachments"]),
    )


def attempt(form: WritingForm | EditForm, call: Callable[[], R]) -> R | None:
    """Run an operation for a valid form; what it refuses is shown in the form, and None returned.

    Raises:
        Http404: where what the operation is about is not there for this reader.
    """
    if not form.is_valid():
        return None
    try:
        return call()
    except NoSuchPost as error:
        raise Http404(error.messages[0]) from error
    except ValidationError as error:
        if isinstance(error, PersonalNumberWritten) and not error.is_certain:
            form.ask_about_numbers()
        form.add_error(None, error)
        return None


def step(request: HttpRequest, call: Callable[[], Any], done: str) -> bool:
    """Run an operation behind a button; say what was done or refused above the page that follows.

    Raises:
        Http404: where what the operation is about is not there for this reader.
    """
    try:
        call()
    except NoSuchPost as error:
        raise Http404(error.messages[0]) from error
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, done)
    return True
