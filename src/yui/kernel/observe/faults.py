"""What to answer when the database or the disk fails: a page that needs neither."""

import errno
from dataclasses import dataclass
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

RETRY_SECONDS = 10
DISK_FULL_SQLSTATE = "53100"


@dataclass(frozen=True)
class Fault:
    """A fault of the ground that Yui stands on, told in both languages: no catalogue is needed to say it."""

    code: str
    title_ja: str
    text_ja: str
    title_en: str
    text_en: str


UNREACHABLE = Fault(
    "database_unreachable",
    "ただいま利用できません",
    "データベースにつながりません。入力した内容は保存されていません。少し待ってから、もう一度開いてください。"
    "続くときは、管理者に知らせてください。",
    "Yui is not available",
    "The database cannot be reached. What you entered was not saved. Wait a little and try again; "
    "if this goes on, tell your administrator.",
)
BUSY = Fault(
    "database_busy",
    "混み合っています",
    "ほかの大きな処理が終わるのを待っています。入力した内容は保存されていません。少し待ってから、もう一度押してください。",
    "Yui is busy",
    "Another large piece of work is being written. What you entered was not saved. "
    "Wait a little and try again.",
)
DISK_FULL = Fault(
    "disk_full",
    "保存する場所がいっぱいです",
    "サーバーの空き容量がありません。入力した内容は保存されていません。管理者に知らせてください。",
    "The disk is full",
    "The server has no space left. What you entered was not saved. Tell your administrator.",
)

_PAGE = """<!doctype html>
<html lang="ja">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title_ja} — 結 Yui</title></head>
<body><main>
<h1>{title_ja}</h1><p>{text_ja}</p>
<div lang="en"><h2>{title_en}</h2><p>{text_en}</p></div>
<p>番号 / reference: <code>{request_id}</code></p>
</main></body>
</html>
"""


def fault_of(error: BaseException | None) -> Fault | None:
    """Return the fault behind an exception, looking through its causes; None for every other exception."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DISK_FULL
        if isinstance(error, OperationalError):
            return _of_database(error)
        if isinstance(error, InterfaceError):
            return UNREACHABLE
        error = error.__cause__ or error.__context__
    return None


def _of_database(error: OperationalError) -> Fault | None:
    text = str(error).lower()
    if "disk is full" in text or getattr(error.__cause__, "sqlstate", None) == DISK_FULL_SQLSTATE:
        return DISK_FULL
    if "locked" in text:
        return BUSY
    # SQLite calls a missing table operational, too: that is a fault of the installation, not of the ground.
    return None if "no such" in text else UNREACHABLE


def fault_response(request: HttpRequest, fault: Fault, request_id: str) -> HttpResponse:
    """Return the 503 answer: a page for people, JSON under ``/api/``. It depends on nothing."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response: HttpResponse
    if request.path.startswith("/api/"):
        body = {
            "code": fault.code,
            "detail": fault.text_ja,
            "detail_en": fault.text_en,
            "request_id": request_id,
        }
        response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    else:
        text = {name: value for name, value in vars(fault).items() if name != "code"}
        response = HttpResponse(_PAGE.format(**text, request_id=request_id), status=status)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
