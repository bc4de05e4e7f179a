"""The walk: every address, as everybody. Nobody sees what is another ward's, and nothing ever breaks."""

import json
import re
import shutil
from datetime import date
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

from tests.walk.addresses import Address, addresses
from tests.walk.documents import text_of
from tests.walk.exempt import FOR_EVERY_MEMBER, OWN_AFFAIRS, WRITES_BY_GET
from tests.walk.forms import posting_forms
from tests.walk.records import make_records
from tests.walk.state import contents, differences, row_counts, writing
from yui.governance.indicators.operations.take_snapshots import take_snapshots
from yui.kernel.calendar_jp import Month
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.search.public import update
from yui.organisations.models import Membership, User
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate

SECRET, OTHER_SECRET = "秘匿情報みなとアカシア", "秘匿情報しんじゅくケヤキ"
PART_OF_SECRETS = "秘匿情報"
"""What the stranger searches for: it finds both wards' records, and does not itself contain a secret."""
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
OPEN = {
    "api:openapi-json": "describes the API to programs, and holds no records",
    "live:stream": "answers with no content (204), so that a page whose session has ended stops asking",
    "observe:healthz": "monitoring asks it, and is told only whether parts are well",
    "observe:healthz_web": "as healthz",
    "observe:metrics": "open to programs on this machine, as which the test client counts",
    "reports:public": "names the reports that were published, and nothing else",
    "ui:set_language": "people choose the language before they sign in",
    "ui:preferences": "people choose the look before they sign in",
}
READ_BY_POST = re.compile(r"/soc/incidents/evidence/\d+/(?:file|check)/")
"""Opening and comparing a piece of evidence only reads it, but is written into its chain of custody."""
LISTENING = "live:stream"
"""The stream never ends: its answer is looked at, and not read."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, tmp_path_factory):
    """The records of 港区 beside those of 新宿区, measured and in the search index; people, and their files.

    They take longer to make than a test to run: they are made once, in a transaction around the tests' own.
    """
    home = tmp_path_factory.mktemp("walk") / "home"
    folders = {"LAKE": home / "lake", "FILES": home / "files", "SEARCH_INDEX": home / "search"}
    with django_db_blocker.unblock(), override_settings(HOME=home, **folders), transaction.atomic():
        by_code = {each.code: each for each in Organisation.objects.all()}
        soc = next(each for each in by_code.values() if "CSIRT" in each.name_ja)
        actor = Actor.system("test")
        minato, shinjuku = by_code["131032"], by_code["131041"]
        people = {
            "alice": person("Alice", minato, "officer"),
            "anna": person("Anna", minato, "administrator"),
            "charlie": person("Charlie", shinjuku, "officer"),
        }
        folder = tmp_path_factory.mktemp("bills")
        make_records(shinjuku, OTHER_SECRET, people["charlie"], actor, folder)
        made = make_records(minato, SECRET, people["alice"], actor, folder)
        month = Month(2026, 5)
        set_exchange_rate(
            actor, organisation=soc, currency="USD", month=month, yen_per_unit=Decimal(150), source="架空"
        )
        take_snapshots(actor, secretariat=soc, months=[month])
        update()
        yield made, people, home
        transaction.set_rollback(True)


def person(name: str, ward: Organisation, role: str) -> User:
    """Make a person with one role in a ward, as the house's fixture ``member`` does."""
    user = User.objects.create_user(
        username=f"{name.lower()}-{ward.code}", email=f"{name.lower()}@{ward.code}.example", name_ja=name
    )
    Membership.objects.create(user=user, organisation=ward, role=role, valid_from=date(2020, 4, 1))
    return user


@pytest.fixture
def walked(made_once, db, settings):
    """The records of 港区, beside those of 新宿区, with files of the test's own."""
    made, _people, home = made_once
    shutil.copytree(home, settings.HOME)
    cache.clear()
    return made


@pytest.fixture
def alice(made_once, db):
    """The officer of 港区."""
    return User.objects.get(pk=made_once[1]["alice"].pk)


@pytest.fixture
def anna(made_once, db):
    """The administrator of 港区."""
    return User.objects.get(pk=made_once[1]["anna"].pk)


@pytest.fixture
def charlie(made_once, db):
    """The officer of 新宿区: the stranger."""
    return User.objects.get(pk=made_once[1]["charlie"].pk)


def visit(client: Client, path: str, data: dict | None = None, *, is_post: bool = False):
    """Ask for a page, letting nothing through that breaks, and return the answer with its text."""
    client.raise_request_exception = False
    answer = client.post(path, data or {}) if is_post else client.get(path, data or {})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = text_of(body)
    if answer.headers.get("Content-Type", "").startswith("application/json"):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    text = text.replace("<mark>", "").replace("</mark>", "")
    return answer, text + answer.headers.get("Location", "")


def is_broken(answer) -> bool:
    """Tell whether the server failed; a health page says 503 where there is no worker, and is well."""
    return answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR and not answer.request[
        "PATH_INFO"
    ].startswith("/healthz")


def asks_to_sign_in(answer) -> bool:
    """Tell whether the answer leads to the sign-in page."""
    return answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith("/accounts/login/")


def test_anonymous_sees_nothing(walked):
    wrong = []
    for address in addresses(walked):
        answer, body = visit(Client(), address.path)
        is_open = address.name in OPEN or address.is_of_sign_in
        is_shut = asks_to_sign_in(answer) or answer.status_code in REFUSED
        if SECRET in body or OTHER_SECRET in body or is_broken(answer) or not (is_open or is_shut):
            wrong.append(f"{address.name} {address.path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_every_open_page_and_exception_is_still_an_address(walked):
    names = {address.name for address in addresses(walked)}
    assert {*OPEN, *WRITES_BY_GET, *OWN_AFFAIRS, *FOR_EVERY_MEMBER, LISTENING} <= names


def test_the_stranger_sees_nothing_of_the_ward(walked, charlie, client_of):
    wrong = []
    client = client_of(charlie)
    questions = [{}, {"organisation": walked.ward.code, "ward": walked.ward.code, "q": PART_OF_SECRETS}]
    for address in addresses(walked):
        if address.is_of_sign_in:
            continue
        for question in [*questions, *({**questions[1], "download": name} for name in ("csv", "xlsx"))]:
            answer, body = visit(client, address.path, question)
            is_seen = address.is_record and answer.status_code not in REFUSED
            if SECRET in body or is_broken(answer) or is_seen:
                wrong.append(f"{address.name} {address.path} {question}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_the_own_officer_sees_the_ward(walked, alice, client_of):
    client = client_of(alice)
    seen = {
        address.name
        for address in addresses(walked)
        if not address.is_of_sign_in and SECRET in visit(client, address.path)[1]
    }
    expected = {
        "registry:systems", "registry:system", "registry:contracts", "registry:contract", "registry:links",
        "registry:outages", "registry:outage", "registry:changes", "registry:change", "registry:maintenance",
        "costs:bills", "costs:bill", "costs:mappings", "costs:allocation-rules", "costs:allocation-rule",
        "costs:allocation-version", "costs:allocated", "costs:allocated-costs", "costs:allocated-focus",
        "costs:usage", "costs:bridge", "costs:bridge-items", "costs:budget", "costs:budget-lines",
        "costs:budget-edit", "costs:commitments", "costs:petitions", "costs:petition",
        "costs:focus-check-result", "api:list_allocation_rules", "exchange:index", "exchange:run",
        "tasks:jobs", "tasks:job", "api:list_systems", "api:get_system", "api:list_bills",
        "api:list_outages", "api:get_import", "organisations:departments",
        "soc:alerts", "soc:alert", "soc:incidents", "soc:incident", "soc:incident-timeline",
        "soc:incident-systems", "soc:incident-evidence", "soc:paper-file",
        "soc:hunting", "soc:saved-hunts", "soc:saved-hunt", "soc:saved-hunt-edit",
        "api:list_saved_hunts", "api:get_saved_hunt",
        "soc:exclusions", "soc:senders", "soc:sender", "soc:event", "api:list_alerts",
        "api:get_alert", "api:list_incidents", "api:get_incident", "api:list_senders", "api:list_exclusions",
        "costs:anomalies", "costs:anomaly", "costs:reconciliation", "costs:import", "costs:intake",
        "portal:notifications", "practices:practices", "practices:practice", "practices:practice-versions",
        "practices:practice-version", "practices:practice-files", "practices:practices-export",
        "practices:reviews-waiting", "practices:review", "practices:adoptions", "practices:adoption",
        "api:list_practices", "api:get_practice",
        "practices:proposals", "practices:proposal", "practices:proposal-edit", "practices:proposal-handle",
        "practices:proposal-opinion", "practices:proposal-effect", "practices:proposal-effects",
        "practices:proposal-board", "api:list_proposals", "api:get_proposal",
        "commons:feed", "commons:question", "commons:comment", "commons:edit", "commons:post-history",
        "commons:report", "commons:file", "api:list_questions", "api:get_question", "api:list_tags",
        "reports:report", "reports:plan", "reports:plans", "reports:edition-file", "api:get_report",
    }  # fmt: skip
    assert expected <= seen, expected - seen
    assert SECRET in visit(client, "/search/", {"q": PART_OF_SECRETS})[1]
    for name in ("csv", "xlsx"):
        assert SECRET in visit(client, "/systems/", {"download": name})[1], name


@pytest.mark.parametrize("who", ["bob", "alice", "anna", "audrey", "charlie", "jun"])
def test_reading_never_breaks_and_changes_nothing(who, request, walked, client_of):
    client = client_of(request.getfixturevalue(who))
    before, counts, wrong = contents(), row_counts(), []
    has_exported = False
    for address in addresses(walked):
        with writing() as statements:
            answer, _body = visit(client, address.path)
        after = row_counts() if statements else counts
        if is_broken(answer):
            wrong.append(f"{address.name} {address.path}: {answer.status_code}")
        if after != counts and address.name not in WRITES_BY_GET:
            wrong.append(f"{address.name} {address.path} wrote: {differences(counts, after)}")
        has_exported = has_exported or after != counts
        counts = after
    if row_counts() != counts:
        wrong.append(f"something else wrote: {differences(counts, row_counts())}")
    if not has_exported and contents() != before:
        wrong.append(f"somewhere rows were changed: {differences(before, contents())}")
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def deeds(made_once, django_db_blocker) -> list[tuple[Address, str, dict[str, str]]]:
    """What can be posted: every address with nothing, and every form that the administrator sees."""
    made, people, _home = made_once
    found, administrator = [], Client()
    with django_db_blocker.unblock():
        administrator.force_login(people["anna"], backend="django.contrib.auth.backends.ModelBackend")
        for address in addresses(made):
            if address.is_of_sign_in or address.name in OWN_AFFAIRS:
                continue
            found.append((address, address.path, {}))
            _answer, body = visit(administrator, address.path)
            for form in posting_forms(body):
                target = form.action or address.path
                own = any(
                    target.startswith(path) for path in ("/accounts/", "/language/", "/preferences/", "/my/")
                )
                if not own and target != "/tables/views/":
                    found.append((address, target, form.fields))
    return found


@pytest.mark.parametrize("who", ["bob", "audrey"])
def test_who_may_only_read_changes_nothing_by_posting(who, request, walked, deeds, client_of):
    client = client_of(request.getfixturevalue(who))
    assert sum(bool(fields) for _address, _path, fields in deeds) > 20
    before, wrong = contents(), []
    for address, path, fields in deeds:
        if READ_BY_POST.fullmatch(path) or address.name in FOR_EVERY_MEMBER:
            continue
        with writing() as statements:
            answer, _body = visit(client, path, fields, is_post=True)
        after = contents() if statements else before
        if is_broken(answer) or after != before:
            wrong.append(f"{address.name} {path} {fields}: {answer.status_code} {differences(before, after)}")
        before = after
    assert not wrong, "\n".join(wrong)
    assert contents() == before


def test_the_stranger_changes_nothing_of_the_ward_by_posting(walked, charlie, deeds, client_of):
    client, wrong = client_of(charlie), []
    own = Entry.objects.filter(organisation_code=walked.ward.code)
    for address, path, fields in deeds:
        before = own.count()
        answer, body = visit(client, path, fields, is_post=True)
        if is_broken(answer) or own.count() != before or SECRET in body.replace(path, ""):
            wrong.append(f"{address.name} {path} {fields}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_posted_without_the_token_of_the_page(walked, anna):
    client = Client(enforce_csrf_checks=True)
    client.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")
    before, wrong = contents(), []
    for address in addresses(walked):
        answer, _body = visit(client, address.path, is_post=True)
        is_read_only_api = address.name.startswith("api:") and answer.status_code == 405
        if answer.status_code != HTTPStatus.FORBIDDEN and not is_read_only_api:
            wrong.append(f"{address.name} {address.path}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert contents() == before
