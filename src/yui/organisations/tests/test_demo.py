"""The demonstration's people: the same every time, marked as made up, five of whom can sign in."""

import pytest
from django.conf import settings

from yui.kernel.calendar_jp import Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation
from yui.organisations import demo
from yui.organisations.models import Department, User
from yui.organisations.official_codes import ORGANISATIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path
    return tmp_path


def seed():
    run = Demonstration(Month(2023, 11), Month(2026, 10), list(Organisation.objects.wards()))
    demo.seed(run)
    return list(User.objects.order_by("username").values_list("username", "name_ja", "email"))


def test_it_makes_the_same_people_again(organisations, home):
    first = seed()
    User.objects.all().delete()
    Department.everything.filter(parent__isnull=False).delete()
    Department.everything.all().delete()
    assert seed() == first
    assert len(first) == 12 * len(ORGANISATIONS)
    assert all("(架空)" in name for _username, name, _email in first)


def test_five_sign_in_with_the_password_of_the_owners_file(organisations, home, client):
    assert demo.sign_in_lines() == []
    seed()
    lines = demo.sign_in_lines()
    assert len(lines) == 6
    password = lines[-1].rpartition(" ")[2]
    assert (settings.HOME / demo.PASSWORD_FILE).stat().st_mode & 0o077 == 0
    for line in lines[:-1]:
        response = client.post("/accounts/login/", {"login": line.split()[-1], "password": password})
        assert response.status_code == 302, line
        client.post("/accounts/logout/")
    assert sum(person.has_usable_password() for person in User.objects.all()) == 5
