"""People of the tests of this room who need passwords."""

from collections.abc import Callable

import pytest

from yui.organisations.models import User

PASSWORD = "shizukana-mizuumi-7"


@pytest.fixture
def with_password() -> Callable[[User], User]:
    """A function that gives a person the tests' password."""

    def give(person: User) -> User:
        person.set_password(PASSWORD)
        person.save()
        return person

    return give


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Rate limits are kept in the cache; each test begins with none used."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def sec_admin(member, organisations):
    """An administrator of the 事務局."""
    return member("Sumi", organisations["JB-OFFICE"], "administrator")


@pytest.fixture
def shin_admin(member, shinjuku):
    """An administrator of 新宿区."""
    return member("Shin", shinjuku, "administrator")
