"""Writes sign-ins, sign-outs, failures and new credentials into the ledger of the person's organisation.

Each function does nothing for a person who never had a role: there is no chain to write to.
"""

from collections.abc import Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, ActorKind, Verb, require
from yui.kernel.policy.checkpoint import mark_checked
from yui.organisations.models import User
from yui.organisations.queries.homes import home_of


def person_actor(person: User) -> Actor:
    """Return the actor of somebody who acts on the own account; it grants nothing else."""
    return Actor(kind=ActorKind.PERSON, user_id=person.pk, name=person.name_ja)


def _record(actor: Actor, person: User, summary: str, data: Mapping[str, Any]) -> None:
    """Record an act of, or upon, the person's own account: allowed to that person and to the system."""
    home = home_of(person)
    if actor.user_id == person.pk:
        mark_checked()
    else:
        require(actor, Verb.ADMINISTER, home or person)
    if home is None:
        record_nothing("the person never had a role, so no organisation keeps a ledger of it")
        return
    record(home, subject=urn("organisations.user", person.pk), summary=summary, data=data)


@operation("organisations.session.begin")
def record_sign_in(actor: Actor, *, person: User, address: str, methods: list[str]) -> None:
    """Record that the person signed in, from where and by which methods."""
    _record(
        actor, person, f"{person.name_ja}さんがサインインしました", {"address": address, "methods": methods}
    )


@operation("organisations.session.fail")
def record_failed_sign_in(actor: Actor, *, person: User, address: str) -> None:
    """Record a sign-in to the person's account that failed."""
    _record(actor, person, f"{person.name_ja}さんのサインインに失敗しました", {"address": address})


@operation("organisations.session.lock")
def record_lock_out(actor: Actor, *, person: User, address: str) -> None:
    """Record that sign-in was closed after repeated failures."""
    _record(actor, person, f"{person.name_ja}さんのサインインを一時的に止めました", {"address": address})


@operation("organisations.session.end")
def record_sign_out(actor: Actor, *, person: User) -> None:
    """Record that the person signed out."""
    _record(actor, person, f"{person.name_ja}さんがサインアウトしました", {})


@operation("organisations.session.revoke")
def record_revocation(actor: Actor, *, person: User, ended: int) -> None:
    """Record that the person ended sessions on other devices."""
    _record(actor, person, f"{person.name_ja}さんが{ended}件のサインインを終わらせました", {"ended": ended})


@operation("organisations.second_factor.change")
def record_second_factor(actor: Actor, *, person: User, change: str, kind: str) -> None:
    """Record that a second factor was added, removed or renewed."""
    _record(actor, person, f"{person.name_ja}さんの2要素認証が変わりました", {"change": change, "kind": kind})


@operation("organisations.password.change")
def record_password_change(actor: Actor, *, person: User, change: str) -> None:
    """Record that the password was changed, set or reset, and lift the duty to change it."""
    person.must_change_password = False
    person.save(update_fields=["must_change_password"])
    _record(actor, person, f"{person.name_ja}さんのパスワードが変わりました", {"change": change})
