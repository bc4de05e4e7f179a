"""No query on scoped records runs before somebody said for whom."""

import pytest
from django.db.models import Count, Exists, OuterRef

from yui.kernel.events.models import Event
from yui.kernel.events.publish import publish
from yui.kernel.policy import Actor
from yui.kernel.scope.querysets import UnscopedQuery, unscoped_allowed
from yui.kernel.scope.visibility import Visibility

EXECUTIONS = {
    "list": lambda q: list(q),
    "iterate": lambda q: next(q.iterator(), None),
    "count": lambda q: q.count(),
    "exists": lambda q: q.exists(),
    "get": lambda q: q.get(pk=1),
    "first": lambda q: q.first(),
    "last": lambda q: q.last(),
    "aggregate": lambda q: q.aggregate(n=Count("pk")),
    "values": lambda q: list(q.values_list("pk", flat=True)),
    "in_bulk": lambda q: q.in_bulk([1]),
    "update": lambda q: q.update(kind="x"),
    "delete": lambda q: q.delete(),
    "get_or_create": lambda q: q.get_or_create(pk=1),
    "slice": lambda q: list(q[:3]),
    "bool": lambda q: bool(q),
    "union": lambda q: list(q.union(q)),
    "subquery": lambda q: list(Event.objects.unscoped("test").filter(pk__in=q.values("pk"))),
    "dates": lambda q: list(q.dates("at", "month")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXECUTIONS)
@pytest.mark.parametrize("shape", [lambda m: m.all(), lambda m: m.filter(kind="a").order_by("pk")])
def test_an_unscoped_query_raises(name, shape):
    with pytest.raises(UnscopedQuery):
        EXECUTIONS[name](shape(Event.objects))


@pytest.mark.django_db
def test_scoping_survives_further_steps_and_needs_a_reason():
    assert list(Event.objects.unscoped("test").filter(kind="a").exclude(pk=3).order_by("pk")[:2]) == []
    with pytest.raises(ValueError, match="reason"):
        Event.objects.unscoped("")
    with unscoped_allowed("test"):
        assert Event.objects.count() == 0
    assert list(Event.objects.none()) == []


def _publish(organisation, visibility):
    return publish(
        kind="a.b.c",
        organisation=organisation,
        subject="yui:a.b:1",
        summary="s",
        actor_name="n",
        data={},
        visibility=visibility,
    )


def test_what_each_reader_sees(minato, shinjuku, alice, charlie, actor_of):
    own, wards, public = (_publish(minato, v) for v in (Visibility.OWN, Visibility.WARDS, Visibility.PUBLIC))

    def seen(actor):
        return set(Event.objects.visible_to(actor))

    assert seen(actor_of(alice)) == {own, wards, public}
    assert seen(actor_of(charlie)) == {wards, public}
    assert seen(Actor.anonymous()) == {public}
    assert seen(Actor.system("test")) == {own, wards, public}
    assert set(Event.objects.owned_by(shinjuku)) == set()
    assert set(Event.objects.owned_by(minato, shinjuku)) == {own, wards, public}


def test_a_member_without_memberships_is_a_stranger(minato, alice, actor_of):
    _publish(minato, Visibility.WARDS)
    alice.memberships.unscoped("test").delete()
    assert not Event.objects.visible_to(actor_of(alice)).exists()


def test_related_managers_are_closed_too(alice):
    with pytest.raises(UnscopedQuery):
        list(alice.memberships.all())


def test_exists_with_a_scoped_subquery_is_allowed(minato, alice, actor_of):
    event = _publish(minato, Visibility.OWN)
    inner = Event.objects.visible_to(actor_of(alice)).filter(pk=OuterRef("pk"))
    assert list(Event.objects.unscoped("test").filter(Exists(inner))) == [event]
