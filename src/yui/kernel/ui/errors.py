"""Plain pages for what went wrong: what, what to do, and the number of the request; never a stack trace."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yui.kernel.ui.preferences import read_preferences


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the request could not be understood."""
    return _page(
        request,
        400,
        _("送られた内容を読み取れませんでした"),
        _("前のページに戻り、入力を確かめて、もう一度送ってください。"),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the words of the refusal, which name the missing permission, where there are any."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return _page(
        request,
        403,
        _("この操作は許可されていません"),
        reason or _("必要なときは、所属の管理者に役割の追加を頼んでください。"),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: no such page, or none that this person may see."""
    return _page(
        request, 404, _("ページが見つかりません"),
        _("アドレスが違うか、見る権限がないか、記録が移されています。ホームか検索から探してください。"),
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database: nothing half-done was kept, and whom to tell."""
    return _page(
        request, 500, _("処理を続けられませんでした"),
        _("変更は保存されていません。時間をおいてやり直し、続くときは下の番号を運用担当に伝えてください。"),
    )  # fmt: skip


def _page(request: HttpRequest, code: int, title: str, text: str) -> HttpResponse:
    """Render the answer in the form that was asked for: a page, a fragment for htmx, or JSON."""
    request_id = str(getattr(request, "request_id", "") or "")
    if request.headers.get("HX-Request") != "true" and _wants_json(request):
        return JsonResponse({"error": title, "detail": text, "request_id": request_id}, status=code)
    context: dict[str, Any] = {
        "code": code,
        "title": title,
        "text": text,
        "request_id": request_id,
        "language": get_language() or "ja",
        "preferences": read_preferences(request.COOKIES),
    }
    name = "fragment" if request.headers.get("HX-Request") == "true" else "page"
    # No request is handed to the template, so no context processor can ask the database anything.
    return HttpResponse(render_to_string(f"ui/errors/{name}.html", context), status=code)


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
