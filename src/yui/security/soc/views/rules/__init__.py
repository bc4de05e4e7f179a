"""Pages of the SOC's rules."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.rules.coverage import coverage
from yui.security.soc.views.rules.deciding import rule_decide, rule_limit, rule_retire, rule_try, rules_decide
from yui.security.soc.views.rules.exclusions import exclusion_new, exclusion_withdraw, exclusions
from yui.security.soc.views.rules.importing import rule_pack, rules_import
from yui.security.soc.views.rules.listing import rules
from yui.security.soc.views.rules.record import rule

urlpatterns: list[URLPattern] = [
    path("rules/", rules, name="rules"),
    path("rules/decide/", rules_decide, name="rules-decide"),
    path("rules/import/", rules_import, name="rules-import"),
    path("rules/import/<int:pk>/", rule_pack, name="rule-pack"),
    path("rules/coverage/", coverage, name="coverage"),
    path("rules/exclusions/", exclusions, name="exclusions"),
    path("rules/exclusions/new/", exclusion_new, name="exclusion-new"),
    path("rules/exclusions/<int:pk>/withdraw/", exclusion_withdraw, name="exclusion-withdraw"),
    path("rules/<int:pk>/", rule, name="rule"),
    path("rules/<int:pk>/decide/", rule_decide, name="rule-decide"),
    path("rules/<int:pk>/try/", rule_try, name="rule-try"),
    path("rules/<int:pk>/limit/", rule_limit, name="rule-limit"),
    path("rules/<int:pk>/retire/", rule_retire, name="rule-retire"),
]
