"""Handing files out, and choosing them in a form."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import Form
from django.http import Http404
from django.utils.datastructures import MultiValueDict

from yui.kernel.attachments.fields import AttachmentsField
from yui.kernel.attachments.keeping import keep_upload
from yui.kernel.attachments.models import Attachment
from yui.kernel.attachments.responses import attachment_response
from yui.kernel.exchange.storage import path_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


class Files(Form):
    """A form with files."""

    files = AttachmentsField(label="添付", most_files=2)


class NeededFiles(Form):
    """A form that needs a file."""

    files = AttachmentsField(label="添付", required=True)


class Paper:
    """Stands for a room's attachment: the response reads these values only."""

    def __init__(self, raw: bytes, name: str) -> None:
        for key, value in keep_upload(io.BytesIO(raw), name=name).as_fields().items():
            setattr(self, key, value)

    is_image = Attachment.is_image


def test_a_document_is_handed_out_for_saving():
    answer = attachment_response(Paper("メモ".encode(), "メモ.txt"), inline=True)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == "メモ".encode()


def test_an_image_is_shown_only_where_asked():
    image = Paper(PNG, "図.png")
    assert attachment_response(image, inline=True)["Content-Disposition"].startswith("inline")
    assert attachment_response(image)["Content-Disposition"].startswith("attachment")
    assert attachment_response(image)["Content-Type"] == "image/png"


def test_changed_bytes_are_not_handed_out():
    image = Paper(PNG, "図.png")
    path_of(image.sha256).write_bytes(b"other")
    with pytest.raises(Http404):
        attachment_response(image)


def sent(*files: tuple[str, bytes], form=Files):
    """The form as a browser sends it."""
    return form({}, MultiValueDict({"files": [SimpleUploadedFile(name, raw) for name, raw in files]}))


def test_a_form_takes_several_files_and_leaves_them_at_their_beginning():
    form = sent(("a.txt", b"a"), ("b.png", PNG))
    assert form.is_valid()
    assert [file.read() for file in form.cleaned_data["files"]] == [b"a", PNG]


def test_a_form_names_every_file_that_is_wrong():
    form = sent(("a.html", b"<html>"), ("b.exe", b"MZ\0"), ("c.txt", b"c"))
    assert not form.is_valid()
    told = " ".join(form.errors["files"])
    assert "a.html" in told and "b.exe" in told and "c.txt" in told and "2件" in told


def test_files_are_optional_unless_required():
    form = sent()
    assert form.is_valid() and form.cleaned_data["files"] == []
    assert not sent(form=NeededFiles).is_valid()


def test_the_field_says_what_it_takes():
    page = str(Files()["files"])
    assert "multiple" in page and ".docx" in page and ".zip" not in page and ".svg" not in page
    assert "20MB" in Files()["files"].help_text
