"""資料: the forms and settings that the next ward needs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yui.kernel.attachments.keeping import keep_upload
from yui.kernel.attachments.responses import attachment_response
from yui.kernel.ui.asking import actor_of, add_errors, told, visible_or_404
from yui.people.practices.forms_practices import FileForm
from yui.people.practices.models import FilePurpose, Practice, PracticeAttachment, PracticeState
from yui.people.practices.operations.practices import add_file, remove_file
from yui.people.practices.views.practices.access import visible_practice, written_practice
from yui.people.practices.views.practices.page import practice_page


@login_required
def files(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the files; who may write the practice adds some."""
    found = visible_practice(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        found = written_practice(request, pk)
        if form.is_valid() and _kept(request, found, form):
            messages.success(request, _("資料を添付しました。"))
            return redirect("practices:practice-files", pk=pk)
    attached = PracticeAttachment.objects.visible_to(actor_of(request)).filter(practice=found)
    context = {
        "form": form if found.state != PracticeState.WITHDRAWN else None,
        "files": attached.select_related("uploaded_by").order_by("name", "pk"),
    }
    return practice_page(request, found, "files.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, practice: Practice, form: FileForm) -> bool:
    """Keep the files of the form one by one; those before a refused one stay."""
    try:
        for upload in form.cleaned_data["uploads"]:
            add_file(
                actor_of(request),
                practice=practice,
                kept=keep_upload(upload, name=upload.name),
                purpose=FilePurpose(form.cleaned_data["purpose"]),
            )
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


@login_required
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand a file out for saving."""
    return attachment_response(_visible_file(request, pk))


@login_required
@require_safe
def image(request: HttpRequest, pk: int) -> FileResponse:
    """Show an image inside its text."""
    found = _visible_file(request, pk)
    if not found.is_image:
        raise Http404
    return attachment_response(found, inline=True)


@login_required
@require_POST
def drop_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away."""
    found = _visible_file(request, pk)
    written_practice(request, found.practice_id)
    told(request, lambda: remove_file(actor_of(request), file=found), _("資料を外しました。"))
    return redirect("practices:practice-files", pk=found.practice_id)


def _visible_file(request: HttpRequest, pk: int) -> PracticeAttachment:
    """Return a file that the reader may see, or answer 404."""
    visible = PracticeAttachment.objects.visible_to(actor_of(request))
    found: PracticeAttachment = visible_or_404(visible.select_related("practice__organisation"), pk=pk)
    return found
