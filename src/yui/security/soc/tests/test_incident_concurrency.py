"""Two people at one incident at the same moment."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, close_old_connections, connection

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.operations.ensure_organisations import ensure_organisations
from yui.security.soc.models import Incident, IncidentMoment, MomentKind
from yui.security.soc.operations import incidents
from yui.security.soc.tests.incident_records import start

pytestmark = pytest.mark.django_db(transaction=True)


def together(call, times):
    """Run a call in several threads at once; return what each ended with."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; the race needs a file or PostgreSQL")
    barrier, outcomes = Barrier(times), []

    def run():
        try:
            barrier.wait()
            call()
            outcomes.append("done")
        except (ValidationError, OperationalError) as error:
            outcomes.append(type(error).__name__)
        finally:
            close_old_connections()
            connection.close()

    threads = [Thread(target=run) for _number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.fixture
def ward():
    """港区, also where the database was emptied before."""
    if not Organisation.objects.exists():
        ensure_organisations()
    return Organisation.objects.get(code="131032")


def test_incidents_opened_at_once_get_numbers_of_their_own(ward):
    outcomes = together(lambda: start(Actor.system("race"), ward), 4)
    numbers = set(Incident.everything.values_list("number", flat=True))
    assert outcomes == ["done"] * 4
    assert len(numbers) == 4


def test_a_time_recorded_twice_at_once_is_recorded_once(ward):
    incident = start(Actor.system("race"), ward)
    outcomes = together(
        lambda: incidents.record_moment(Actor.system("race"), incident=incident, kind=MomentKind.CONTAINED),
        2,
    )
    assert sorted(outcomes) == ["MomentsContradict", "done"]
    assert IncidentMoment.everything.filter(incident=incident, kind="contained").count() == 1
