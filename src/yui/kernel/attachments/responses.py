"""Hand out the bytes of an attachment so that no browser runs them."""

from django.http import FileResponse, Http404

from yui.kernel.attachments.models import Attachment
from yui.kernel.exchange.errors import StorageLost
from yui.kernel.exchange.storage import verified_path


def attachment_response(attachment: Attachment, *, inline: bool = False) -> FileResponse:
    """Return the file for saving; with ``inline`` an image is shown in its page.

    The caller has found the attachment through ``visible_to``. Whatever the bytes are, the browser does not
    guess their kind, and gives a file that it does open no scripts, no forms and no origin.

    Raises:
        Http404: where the bytes are gone or changed.
    """
    try:
        path = verified_path(attachment.sha256)
    except StorageLost as error:
        raise Http404(str(error)) from error
    response = FileResponse(
        path.open("rb"),
        as_attachment=not (inline and attachment.is_image),
        filename=attachment.name,
        content_type=attachment.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
