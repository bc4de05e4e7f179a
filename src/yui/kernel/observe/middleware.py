"""The outermost middleware: names, times and counts each request, and answers for a failing database."""

import re
import sys
import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

import structlog
from django.contrib.auth.models import AnonymousUser
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from yui.kernel.observe.faults import fault_of, fault_response
from yui.kernel.observe.figures import request_queries, request_seconds, requests_total
from yui.kernel.policy import Actor

_GIVEN_ID = re.compile(r"\A[A-Za-z0-9-]{8,64}\Z")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"

_error: ContextVar[BaseException | None] = ContextVar("request_error", default=None)
_log = structlog.get_logger("yui.request")


def _remember_error(request: HttpRequest | None = None, **_sent: Any) -> None:
    """Keep the exception that Django is about to turn into an answer.

    If the database failed, the error page must not ask it again who is reading.
    """
    error = sys.exc_info()[1]
    _error.set(error)
    if request is not None and fault_of(error) is not None:
        request.user = AnonymousUser()
        request.actor = Actor.anonymous()  # type: ignore[attr-defined]


class QueryCounter:
    """Counts the queries that one connection executes."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Execute the query, counted."""
        self.count += 1
        return execute(sql, params, many, context)


class RequestObservation:
    """Gives each request an identifier, one log line and its metrics.

    The line names the route's pattern, never the address itself, which may hold a name or a key; and the
    person's number, never the name.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(_remember_error, dispatch_uid="yui.observe")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, observed."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _GIVEN_ID.match(given) else uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        counter = QueryCounter()
        began = time.perf_counter()
        token = _error.set(None)
        try:
            with bound_contextvars(request_id=request_id), connection.execute_wrapper(counter):
                response = self._answer(request, request_id)
                self._tell(request, response, time.perf_counter() - began, counter.count)
        finally:
            _error.reset(token)
        response.headers["X-Request-ID"] = request_id
        return response

    def _answer(self, request: HttpRequest, request_id: str) -> HttpResponse:
        try:
            response = self.get_response(request)
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
            _log.exception("fault", code=fault.code)
            return fault_response(request, fault, request_id)
        cause = _error.get()
        if response.status_code >= 500 and cause is not None:
            fault = fault_of(cause)
            _log.error("fault" if fault else "error", code=fault.code if fault else "", exc_info=cause)
            if fault is not None:
                return fault_response(request, fault, request_id)
        return response

    def _tell(self, request: HttpRequest, response: HttpResponse, seconds: float, queries: int) -> None:
        match = request.resolver_match
        view = (match.view_name or match.route) if match else UNMATCHED
        method = request.method if request.method in _METHODS else "OTHER"
        requests_total.labels(view, method, response.status_code).inc()
        request_seconds.labels(view).observe(seconds)
        request_queries.labels(view).observe(queries)
        # Only a user that the request has already looked up: the log must not cost a query.
        user = getattr(request, "_cached_user", None)
        _log.info(
            "request",
            method=method,
            route=match.route if match else UNMATCHED,
            view=view,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            queries=queries,
            user_id=getattr(user, "pk", None),
        )
