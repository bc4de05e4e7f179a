"""Enter the policy article's challenges, initiatives and links."""

from collections import Counter
from dataclasses import dataclass, replace

from yui.governance.challenges.article import Article, ArticleLink, article
from yui.governance.challenges.facts import Ends, InitiativeFacts
from yui.governance.challenges.models import Challenge, Initiative
from yui.governance.challenges.operations.link import link
from yui.governance.challenges.operations.records import Record
from yui.governance.challenges.operations.save_challenge import save_challenge
from yui.governance.challenges.operations.save_evidence import save_evidence
from yui.governance.challenges.operations.save_initiative import save_initiative
from yui.governance.challenges.queries.indicators import indicator_named
from yui.governance.challenges.urns import CHALLENGE
from yui.governance.priorities.public import option_choices
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE

SET_CODE = "initiatives"
"""The set of the priorities whose options are the article's nine initiatives, by their codes."""


@dataclass(frozen=True)
class Adopted:
    """How much was entered; all zero where everything was there."""

    challenges: int = 0
    evidence: int = 0
    initiatives: int = 0
    links: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether everything was there."""
        return self == Adopted()


@operation("challenges.article.adopt")
def adopt_article(actor: Actor) -> Adopted:
    """Enter what the article says in the name of the secretariat, for all wards.

    What is there already (by its code) stays as people left it, with its evidence and links: a link is drawn
    only where something at one of its ends is new. So a second run changes nothing.

    Raises:
        PermissionRefused: when the actor may not edit for the secretariat.
    """
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    require(actor, Verb.EDIT, secretariat)
    found = article()
    records, fresh, count = _records(actor, secretariat, found)
    pillars = {each.pillar for each in fresh if isinstance(each, Initiative)}
    for each in found.links:
        if _is_due(each, records, fresh, pillars):
            link(actor, organisation=secretariat, ends=_ends(each, records), facts=each.facts)
            count["links"] += 1
    adopted = Adopted(**count)
    if adopted.is_nothing:
        record_nothing("the article was entered before")
        return adopted
    record(
        secretariat,
        subject=urn(CHALLENGE, "article"),
        summary="記事の課題と取組を取り込みました。",
        data=dict(count),
        visibility="wards",
    )
    return adopted


def _records(
    actor: Actor, keeper: Organisation, found: Article
) -> tuple[dict[str, Record], set[Record], Counter[str]]:
    """Enter challenges and initiatives with their evidence; return all by code, the new ones, and counts."""
    challenges: dict[str, Record] = {each.code: each for each in Challenge.objects.owned_by(keeper)}
    initiatives: dict[str, Record] = {each.code: each for each in Initiative.objects.owned_by(keeper)}
    options = {(each.set_code, each.code) for each in option_choices(actor)}
    fresh: set[Record] = set()
    count: Counter[str] = Counter()
    for challenge, evidence in found.challenges:
        if challenge.code not in challenges:
            made: Record = save_challenge(actor, organisation=keeper, facts=challenge)
            count["challenges"] += 1
            count["evidence"] += _evidence(actor, made, evidence)
            challenges[challenge.code] = made
            fresh.add(made)
    for initiative, evidence in found.initiatives:
        if initiative.code not in initiatives:
            made = save_initiative(actor, organisation=keeper, facts=_with_option(initiative, options))
            count["initiatives"] += 1
            count["evidence"] += _evidence(actor, made, evidence)
            initiatives[initiative.code] = made
            fresh.add(made)
    return challenges | initiatives, fresh, count


def _evidence(actor: Actor, of: Record, evidence: tuple) -> int:
    for each in evidence:
        save_evidence(actor, of=of, facts=each)
    return len(evidence)


def _with_option(facts: InitiativeFacts, options: set[tuple[str, str]]) -> InitiativeFacts:
    """Return an initiative tied to its option of the priorities, where there is one."""
    if (SET_CODE, facts.code) not in options:
        return facts
    return replace(facts, set_code=SET_CODE, option_code=facts.code)


def _is_due(each: ArticleLink, records: dict[str, Record], fresh: set[Record], new_pillars: set[int]) -> bool:
    """Tell whether a link touches something new; one between indicators, something new in their pillar."""
    ends = [records[code] for code in (each.source, each.target) if code in records]
    if ends:
        return any(end in fresh for end in ends)
    return indicator_named(each.source).pillar in new_pillars


def _ends(each: ArticleLink, records: dict[str, Record]) -> Ends:
    """Return the two ends of a link of the article."""
    source, target = records.get(each.source), records.get(each.target)
    if isinstance(source, Challenge):
        return Ends(challenge=source.pk, initiative=target.pk if target else None)
    if isinstance(source, Initiative):
        return Ends(initiative=source.pk, target=each.target)
    return Ends(source=each.source, target=each.target)
