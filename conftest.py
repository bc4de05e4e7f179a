"""Fixtures of the whole house: two wards, a joint body, and people who may and may not."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from yui.conf.testing_databases import migrated_postgresql, migrated_sqlite


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory) -> Path:
    """A folder that all processes of this test run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def migrated_database(run_folder) -> Path:
    """A SQLite file on which migrations have run; installations of the tests start from a copy."""
    return migrated_sqlite(run_folder)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request) -> Iterator[None]:
    """Let the test database begin as a copy of a migrated one, since migrations take longer than any test.

    On a PostgreSQL server that was given, nothing may be left behind: migrations run as usual.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        copy = request.getfixturevalue("migrated_database")
        name = connection.creation._get_test_db_name()
        with (
            closing(sqlite3.connect(copy)) as source,
            closing(sqlite3.connect(name, uri=True, check_same_thread=False)) as held,
        ):
            source.backup(held)
            yield
        return
    if server := os.environ.get("YUI_TEST_POSTGRESQL_SERVER"):
        folder = request.getfixturevalue("run_folder")
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_postgresql(folder, server)
    yield


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    """Give every test an empty home, lake and index, and a password hash that costs nothing.

    Built files are looked up when they are asked for: each client would read all of their folders first.
    """
    settings.HOME = tmp_path / "home"
    settings.LAKE = tmp_path / "home" / "lake"
    settings.FILES = tmp_path / "home" / "files"
    settings.SEARCH_INDEX = tmp_path / "home" / "search"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files; tests that want it are skipped where it is absent."""
    folder = Path(os.environ.get("YUI_SHARED_DATA", Path(__file__).parent.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real files are not here: set YUI_SHARED_DATA (looked in {folder})")
    return folder


@pytest.fixture
def organisations(db):
    """Every official organisation, by code.

    A test that empties the database takes what migrations put there; it is put back here.
    """
    from django.apps import apps

    from yui.kernel.scope.models import Organisation
    from yui.organisations.operations.ensure_organisations import ensure_organisations
    from yui.registry.models import StandardBusinessArea

    if not Organisation.objects.exists():
        ensure_organisations()
    if not StandardBusinessArea.objects.exists():
        import_module("yui.registry.migrations.0002_standard_business_areas").write_areas(apps, None)
    return {organisation.code: organisation for organisation in Organisation.objects.all()}


@pytest.fixture
def minato(organisations):
    """港区."""
    return organisations["131032"]


@pytest.fixture
def shinjuku(organisations):
    """新宿区."""
    return organisations["131041"]


@pytest.fixture
def soc(organisations):
    """共同CSIRT/SOC."""
    return next(o for o in organisations.values() if "CSIRT" in o.name_ja)


@pytest.fixture
def member(db) -> Callable:
    """A function that makes a person with one role in one organisation."""
    from yui.organisations.models import Membership, User

    def make(name: str, organisation, role: str) -> "User":
        user = User.objects.create_user(
            username=f"{name.lower()}-{organisation.code}",
            email=f"{name.lower()}@{organisation.code}.example",
            name_ja=name,
        )
        Membership.objects.create(
            user=user, organisation=organisation, role=role, valid_from=date(2020, 4, 1)
        )
        return user

    return make


@pytest.fixture
def alice(member, minato):
    """An officer of 港区."""
    return member("Alice", minato, "officer")


@pytest.fixture
def anna(member, minato):
    """An administrator of 港区."""
    return member("Anna", minato, "administrator")


@pytest.fixture
def bob(member, minato):
    """A viewer of 港区."""
    return member("Bob", minato, "viewer")


@pytest.fixture
def audrey(member, minato):
    """An auditor of 港区."""
    return member("Audrey", minato, "auditor")


@pytest.fixture
def charlie(member, shinjuku):
    """An officer of 新宿区: the stranger."""
    return member("Charlie", shinjuku, "officer")


@pytest.fixture
def jun(member, soc):
    """Joint staff of the 共同CSIRT/SOC."""
    return member("Jun", soc, "joint_staff")


@pytest.fixture
def actor_of() -> Callable:
    """The function that turns a user into an actor."""
    from yui.organisations.actors import actor_of

    return actor_of


@pytest.fixture
def system_actor():
    """The installation itself."""
    from yui.kernel.policy import Actor

    return Actor.system("test")


@pytest.fixture
def client_of(client_class) -> Callable:
    """A function that returns a signed-in test client."""

    def make(user):
        client = client_class()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def client_class():
    """Django's test client."""
    from django.test import Client

    return Client
