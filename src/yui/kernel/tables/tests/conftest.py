"""A list over organisations: every installation has them, and their names are no secret."""

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import BooleanFilter, Filter
from yui.kernel.tables.table import Table


class OrganisationTable(Table):
    """Organisations with one column of each kind that the tests look at."""

    code = "tests.organisations"
    title = _("団体")
    columns = (
        Column("name", "名称", "name_ja", sort="name_ja"),
        Column("code", "コード", "code", sort="code"),
        Column("order", "順", "sort_order", Kind.NUMBER, sort="sort_order"),
        Column("kana", "フリガナ", "name_kana", default=False),
    )
    search = ("name_ja", "name_kana", "code")
    filters = (
        Filter("kind", "種別", "kind", (("ward", "特別区"), ("joint_body", "共同体"))),
        BooleanFilter("active", "使用中", "is_active"),
    )
    default_sort = "order"
    page_size = 20

    def row_url(self, record):
        return f"/organisations/{record.code}/?a=1&b=2"


@pytest.fixture
def table_of(organisations, actor_of):
    """A function that makes the list for a person and a query string."""

    def make(user, query: str = "", headers: dict | None = None) -> OrganisationTable:
        request = RequestFactory().get(f"/list/?{query}", headers=headers or {})
        request.actor = actor_of(user)
        request.user = user
        return OrganisationTable(request, Organisation.objects.all())

    return make
