"""Two people who register the same code at the same moment."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, close_old_connections, connection

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.operations.ensure_organisations import ensure_organisations
from yui.registry.facts import SystemFacts
from yui.registry.models import InformationSystem
from yui.registry.operations import register_system

FACTS = SystemFacts(
    code="MN-1", name="同時登録", category="internal", hosting="on_premises", network_zone="lgwan"
)


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_one_wins_and_the_other_is_told():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("an in-memory database has one connection; the race needs a file or PostgreSQL")
    if not Organisation.objects.exists():
        ensure_organisations()
    ward = Organisation.objects.get(code="131032")
    start, outcomes = Barrier(2), []

    def write():
        try:
            start.wait()
            register_system(Actor.system("race"), organisation=ward, facts=FACTS)
            outcomes.append("registered")
        except (ValidationError, OperationalError) as error:
            outcomes.append(type(error).__name__)
        finally:
            close_old_connections()
            connection.close()

    threads = [Thread(target=write) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("registered") == 1, outcomes
    assert InformationSystem.everything.filter(code="MN-1").count() == 1
