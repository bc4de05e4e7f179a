"""Hooks of Django, allauth and axes, which speak by signals; the only signals that Yui listens to.

They are somebody else's, and there is no other way to hear of these moments. Each handler calls one
operation, and holds no rule of its own.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from yui.kernel.policy import Actor
from yui.organisations import session_limits
from yui.organisations.lock_out import account_named, client_address, tried_name
from yui.organisations.middleware import MFA_SEEN
from yui.organisations.models import User
from yui.organisations.operations.record_sign_in import (
    person_actor,
    record_failed_sign_in,
    record_lock_out,
    record_password_change,
    record_second_factor,
    record_sign_in,
    record_sign_out,
)

GATE = "sign-in"


def connect() -> None:
    """Listen; called once when the applications are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="yui.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="yui.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="yui.failed")
    user_locked_out.connect(_locked, dispatch_uid="yui.locked")
    authentication_failed.connect(_factor_failed, dispatch_uid="yui.factor_failed")
    for name, signal in {
        "added": authenticator_added,
        "removed": authenticator_removed,
        "reset": authenticator_reset,
    }.items():
        signal.connect(_factor_handler(name), weak=False, dispatch_uid=f"yui.factor_{name}")
    for name, signal in {"changed": password_changed, "set": password_set, "reset": password_reset}.items():
        signal.connect(_password_handler(name), weak=False, dispatch_uid=f"yui.password_{name}")


def _signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    session_limits.begin(request, user, client_address(request))
    methods = [str(entry.get("method", "")) for entry in get_authentication_records(request, user)]
    record_sign_in(person_actor(user), person=user, address=client_address(request), methods=methods)


def _signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        session_limits.forget(request.session)
        record_sign_out(person_actor(user), person=user)


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kw: Any) -> None:
    """Record a failure that leaves the door open; axes, connected earlier by its import, has counted it."""
    if request is None or getattr(request, "axes_locked_out", False):
        return
    person = account_named(tried_name(request, credentials))
    if person is not None:
        record_failed_sign_in(Actor.system(GATE), person=person, address=client_address(request))


def _locked(sender: Any, request: HttpRequest, username: str, **kwargs: Any) -> None:
    """Record the failure that closed the door, and the closing; further tries are not counted."""
    was_counted = getattr(request, "axes_failures_since_start", None) is not None
    person = account_named(username) if was_counted else None
    if person is not None:
        address = client_address(request)
        record_failed_sign_in(Actor.system(GATE), person=person, address=address)
        record_lock_out(Actor.system(GATE), person=person, address=address)


def _factor_failed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    record_failed_sign_in(Actor.system(GATE), person=user, address=client_address(request))


def _factor_handler(change: str) -> Any:
    def handle(sender: Any, request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
        request.session.pop(MFA_SEEN, None)
        record_second_factor(person_actor(user), person=user, change=change, kind=str(authenticator.type))

    return handle


def _password_handler(change: str) -> Any:
    def handle(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        """A new password ends the person's other sessions; this one gets a new key."""
        record_password_change(person_actor(user), person=user, change=change)
        session_limits.follow_new_key(request.session)
        session_limits.end_all_sessions(user, but=request.session.session_key)

    return handle
