"""What the lists of a system's parts (changes, outages) share: whose, which system, how they are found."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.tables.columns import Column
from yui.kernel.tables.filters import Filter
from yui.registry.views.systems import organisation_choices

SEARCH = ("title", "system__name_key", "system__code")
SEARCH_HINT = _("件名、システム名、コード")
OF_SYSTEM = (
    Column("title", _("件名"), "title", sort="title"),
    Column(
        "organisation",
        _("団体"),
        "system.organisation.name",
        sort="system__organisation__sort_order",
        nowrap=True,
    ),
    Column("system", _("情報システム"), "system.name", sort="system__name_key"),
)
"""The first columns: title, organisation, system."""

OF_ORGANISATION = Filter("organisation", _("団体"), "system__organisation__code", organisation_choices)
