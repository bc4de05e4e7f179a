"""一覧: the rules, as they stand in one ward or for all."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.policy import Verb, allows
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import Choices, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.security.soc.engine.attack import TACTICS, techniques
from yui.security.soc.engine.attack.matrix import OLD_TACTICS, SUCCESSORS
from yui.security.soc.models import DetectionRule, Level, RuleActivation, RuleKind, RulePack
from yui.security.soc.policies import joint_body, may
from yui.security.soc.queries.rules.active_rules import enabled_in
from yui.security.soc.queries.rules.coverage import coverage_of
from yui.security.soc.queries.rules.volumes import NOTHING, volumes
from yui.security.soc.views.rules.access import chosen_ward

STATUSES = (
    ("stable", gettext_lazy("安定")),
    ("test", gettext_lazy("試験")),
    ("experimental", gettext_lazy("実験")),
    ("deprecated", gettext_lazy("旧式")),
    ("unsupported", gettext_lazy("対象外")),
)
SIGHTS = (
    ("seeing", gettext_lazy("見える")),
    ("blind", gettext_lazy("項目が来ない")),
    ("unsupported", gettext_lazy("使えない")),
)
STANDINGS = (
    ("on", pgettext_lazy("rule", "有効")),
    ("off", pgettext_lazy("rule", "無効")),
    ("retired", gettext_lazy("廃止")),
)
NOISE = (
    ("some", gettext_lazy("検知あり(30日)")),
    ("none", gettext_lazy("検知なし(30日)")),
    ("false", gettext_lazy("誤検知が半分以上(90日)")),
)


def rules_for(request: HttpRequest) -> QuerySet:
    """Return the rules that the reader may see, without their long texts."""
    rules = DetectionRule.objects.visible_to(actor_of(request)).select_related("pack")
    return rules.defer("source", "description", "fields", "false_positives", "tags", "pack__unread")


class RuleTable(Table):
    """The list of rules."""

    code = "soc.rules"
    title = gettext_lazy("検知ルール")
    search = ("search_key",)
    search_hint = gettext_lazy("題名、ID、作者、タグ")
    columns = (
        Column("title", gettext_lazy("題名"), "title", sort="title"),
        Column("level", gettext_lazy("重さ"), choice_of("level"), Kind.BADGE, sort="level"),
        Column("standing", gettext_lazy("状態"), lambda rule: rule.standing, Kind.BADGE),
        Column("sight", gettext_lazy("見え方"), lambda rule: rule.sight, Kind.BADGE),
        Column("alerts", gettext_lazy("検知(30日)"), lambda rule: rule.volume.alerts, Kind.NUMBER),
        Column(
            "false", gettext_lazy("誤検知の割合(90日)"), lambda rule: rule.volume.false_share, Kind.PERCENT
        ),
        Column("source", gettext_lazy("ログ"), lambda rule: logsource_of(rule)),
        Column("techniques", gettext_lazy("ATT&CK"), lambda rule: "、".join(rule.techniques)),
        Column("status", gettext_lazy("成熟度"), lambda rule: status_of(rule), sort="status", default=False),
        Column("author", gettext_lazy("作者"), "author", sort="author", default=False),
        Column("licence", gettext_lazy("ライセンス"), "licence", sort="licence", default=False),
        Column("rule_id", gettext_lazy("ルールID"), "rule_id", sort="rule_id", default=False),
        Column("kind", gettext_lazy("種類"), "get_kind_display", sort="kind", default=False),
        Column("reason", gettext_lazy("使えない理由"), "unsupported", default=False),
    )
    default_sort = "-level"
    empty_title = gettext_lazy("検知ルールがまだありません")
    empty_text = gettext_lazy(
        "ここには Sigma のルールが並びます。共同CSIRT/SOC の職員が、ルールの束を取り込みます。"
    )

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        ward: Organisation | None,
        wards: Sequence[Organisation],
    ) -> None:
        self.ward = ward
        self.wards = wards
        super().__init__(request, queryset)
        self.filters: Sequence[Filter] = self._filters()  # type: ignore[misc]

    def _filters(self) -> Sequence[Filter]:
        """The conditions; those that depend on the ward narrow by themselves."""
        wards: Choices = [
            ("all", gettext_lazy("区の決定によらない")),
            *((w.code, w.name) for w in self.wards),
        ]
        return (
            Filter("ward", gettext_lazy("区"), choices=wards, narrow=lambda rules, _values: rules),
            Filter("level", gettext_lazy("重さ"), "level", levels),
            Filter("standing", gettext_lazy("状態"), choices=STANDINGS, narrow=self._by_standing),
            Filter("sight", gettext_lazy("見え方"), choices=SIGHTS, narrow=self._by_sight),
            Filter("product", gettext_lazy("製品"), "product", products),
            Filter("status", gettext_lazy("成熟度"), "status", STATUSES),
            Filter("noise", gettext_lazy("検知の量"), choices=NOISE, narrow=self._by_noise),
            Filter("kind", gettext_lazy("種類"), "kind", RuleKind.choices),
            Filter(
                "tactic",
                gettext_lazy("戦術"),
                choices=[(t.code, f"{t.japanese} {t.english}") for t in TACTICS],
                narrow=by_tactic,
            ),
            Filter("technique", gettext_lazy("技術"), choices=technique_choices, narrow=by_technique),
            Filter("pack", gettext_lazy("取り込み"), "pack_id", packs),
        )

    def _by_standing(self, rules: QuerySet, values: list[str]) -> QuerySet:
        on = enabled_in(self.ward) if self.ward else Q(is_default=True, retired_at__isnull=True)
        conditions = {
            "on": on,
            "off": ~on & Q(retired_at__isnull=True),
            "retired": Q(retired_at__isnull=False),
        }
        wanted = Q()
        for value in values:
            wanted |= conditions[value]
        return rules.filter(wanted)

    def _by_sight(self, rules: QuerySet, values: list[str]) -> QuerySet:
        blind = Q(rule_id__in=list(self.blind or ()), unsupported="")
        conditions = {
            "unsupported": ~Q(unsupported=""),
            "blind": blind,
            "seeing": Q(unsupported="") & ~blind if self.blind is not None else Q(pk__in=[]),
        }
        wanted = Q()
        for value in values:
            wanted |= conditions[value]
        return rules.filter(wanted)

    def _by_noise(self, rules: QuerySet, values: list[str]) -> QuerySet:
        found = volumes(self.actor, ward=self.ward)
        some = [key for key, volume in found.items() if volume.alerts]
        false = [key for key, volume in found.items() if (volume.false_share or 0) >= 0.5]
        conditions = {"some": Q(pk__in=some), "none": ~Q(pk__in=some), "false": Q(pk__in=false)}
        wanted = Q()
        for value in values:
            wanted |= conditions[value]
        return rules.filter(wanted)

    @cached_property
    def blind(self) -> frozenset[str] | None:
        """The ids of the rules that are blind in the ward; None without a ward, and where nobody looked."""
        if self.ward is None:
            return None
        found = coverage_of(self.actor, [self.ward]).get(self.ward.pk)
        return frozenset(found.states) if found else None

    @cached_property
    def decisions(self) -> Mapping[int, bool]:
        """What the ward decided, by rule."""
        if self.ward is None:
            return {}
        decided = RuleActivation.objects.visible_to(self.actor).filter(organisation=self.ward)
        return dict(decided.values_list("rule_id", "is_enabled"))

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for, its rules with what is known of them in the ward."""
        page = super().page
        page.object_list = list(page.object_list)
        self._complete(page.object_list)
        return page

    def export_rows(self, columns: Sequence[Column]) -> Iterator[list[Any]]:
        """Yield the plain values of every rule."""
        rules = list(self.records)
        self._complete(rules)
        for rule in rules:
            yield [column.export_value(rule) for column in columns]

    def _complete(self, rules: list[Any]) -> None:
        found = volumes(self.actor, ward=self.ward, rules=[rule.pk for rule in rules])
        for rule in rules:
            rule.volume = found.get(rule.pk, NOTHING)
            rule.standing = standing_of(rule, self.decisions.get(rule.pk, rule.is_default))
            rule.sight = sight_of(rule, None if self.blind is None else rule.rule_id in self.blind)


def levels() -> list[tuple[str, str]]:
    """Return Sigma's levels as choices."""
    return [(str(level.value), str(level.label)) for level in Level]


def products() -> list[tuple[str, str]]:
    """Return the products of the rules as choices."""
    rules = DetectionRule.objects.unscoped("the names of products are no secret").exclude(product="")
    return [(name, name) for name in rules.order_by("product").values_list("product", flat=True).distinct()]


def packs() -> list[tuple[str, str]]:
    """Return the latest imports as choices."""
    found = RulePack.objects.unscoped("the names of packs are told to every ward").order_by("-pk")[:50]
    return [(str(pack.pk), f"{pack.name} {pack.created_at:%Y-%m-%d}") for pack in found.defer("unread")]


def technique_choices() -> list[tuple[str, str]]:
    """Return the techniques without their sub-techniques as choices."""
    return [(one.identifier, f"{one.identifier} {one.name}") for one in techniques()]


def by_technique(rules: QuerySet, values: list[str]) -> QuerySet:
    """Keep the rules of the techniques, their sub-techniques, and ids that they have replaced."""
    wanted = Q()
    for value in values:
        withdrawn = [old for old, new in SUCCESSORS.items() if new.partition(".")[0] == value]
        for name in (value, *withdrawn):
            wanted |= Q(search_key__contains=f"attack.{name.lower()}")
    return rules.filter(wanted)


def by_tactic(rules: QuerySet, values: list[str]) -> QuerySet:
    """Keep the rules that carry one of the tactics; rules spell them with a dash or an underscore."""
    wanted = Q()
    for value in values:
        names = {value, *(old for old, new in OLD_TACTICS.items() if new == value)}
        for spelling in names | {name.replace("-", "_") for name in names}:
            wanted |= Q(search_key__contains=f"attack.{spelling}")
    return rules.filter(wanted)


def standing_of(rule: DetectionRule, is_on: bool) -> tuple[str, str]:
    """Return whether a rule runs, as code and word."""
    if rule.retired_at is not None:
        return "retired", _("廃止")
    on = is_on and not rule.unsupported
    return ("on", pgettext("rule", "有効")) if on else ("off", pgettext("rule", "無効"))


def sight_of(rule: DetectionRule, blind: bool | None) -> tuple[str, str] | None:
    """Return whether a rule can see anything, as code and word; None where nobody looked."""
    if rule.unsupported:
        return "unsupported", _("使えない")
    if blind is None:
        return None
    return ("blind", _("項目が来ない")) if blind else ("seeing", _("見える"))


def logsource_of(rule: DetectionRule) -> str:
    """Return the log source in Sigma's words."""
    return " / ".join(filter(None, (rule.product, rule.category, rule.service)))


def status_of(rule: DetectionRule) -> str:
    """Return the maturity in the reader's language."""
    return str(dict(STATUSES).get(rule.status, rule.status))


def rule_table(request: HttpRequest) -> tuple[RuleTable, list[Organisation]]:
    """Return the list for the ward that the address names, and the wards to choose from."""
    ward, wards = chosen_ward(request)
    return RuleTable(request, rules_for(request), ward, wards), wards


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    table, wards = rule_table(request)
    actor = actor_of(request)
    body = joint_body()
    may_decide = may(actor, Verb.EDIT, table.ward) if table.ward else allows(actor, Verb.EDIT, body)
    context = {
        "ward": table.ward,
        "wards": wards,
        "may_import": allows(actor, Verb.IMPORT, body),
        "may_decide": may_decide,
        "query": request.GET.urlencode(),
    }
    return table.response("soc/rules/list.html", context)
