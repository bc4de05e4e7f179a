"""The life of a report under any steps: forward only, editions kept, nothing public by accident."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.governance.indicators.models import IndicatorSnapshot
from yui.governance.reports.engine.content import digest
from yui.governance.reports.facts import NoteFacts
from yui.governance.reports.models import Note
from yui.governance.reports.operations import (
    add_note,
    close_report,
    make_report,
    publish_report,
    remove_note,
)
from yui.governance.reports.queries.reports import public_edition
from yui.governance.reports.tests.conftest import PERIOD, editions, fresh
from yui.kernel.policy import PermissionRefused

pytestmark = pytest.mark.django_db
ORDER = ["draft", "closed", "published"]
STEPS = st.lists(
    st.sampled_from(["note", "public note", "unnote", "data", "remake", "close", "publish"]), max_size=9
)


def step(name, report, actor, count):
    """Take one step; what the rules forbid changes nothing."""
    try:
        if name in ("note", "public note"):
            facts = NoteFacts("risk", f"文{count}", is_public=name == "public note")
            add_note(actor, report=report, facts=facts)
        elif name == "unnote":
            if (note := Note.objects.unscoped("test").filter(report=report).first()) is not None:
                remove_note(actor, note=note)
        elif name == "data":
            IndicatorSnapshot.objects.unscoped("test").filter(indicator_code="1-KSI-1").update(value=count)
        elif name == "remake":
            make_report(actor, plan=report.plan, period=PERIOD)
        elif name == "close":
            close_report(actor, report=report)
        else:
            publish_report(actor, report=report)
    except (ValidationError, PermissionRefused):
        return False
    return True


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS, is_officer=st.lists(st.booleans(), min_size=9, max_size=9))
def test_a_report_goes_forward_and_keeps_what_it_said(
    own, alice, anna, actor_of, transactional, steps, is_officer
):
    with transactional():
        kept = {}
        for count, name in enumerate(steps):
            before, actor = fresh(own), actor_of(alice if is_officer[count] else anna)
            done = step(name, before, actor, count)
            after = fresh(own)
            assert ORDER.index(after.state) >= ORDER.index(before.state)
            if is_officer[count] and before.state != "draft" and name != "data":
                assert not done or name == "unnote"
            for audience in ("council", "public"):
                listed = editions(after, audience)
                assert [each.number for each in listed] == list(range(1, len(listed) + 1))
                for each in listed:
                    assert digest(each.content) == each.sha256
                    assert kept.setdefault(each.pk, each.content) == each.content
            assert (public_edition(own.pk) is not None) == (after.state == "published")
            assert (after.closed_at is None) == (after.state == "draft")
