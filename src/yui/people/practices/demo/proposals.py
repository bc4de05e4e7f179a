"""Makes improvement proposals for show: five fiscal years of every ward, with their way and their effects."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.conf import settings

from yui.kernel.calendar_jp import TOKYO, FiscalYear, business_day_on_or_after, today
from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import Membership, User
from yui.people.practices.demo import proposal_words as words
from yui.people.practices.demo.proposal_figures import make_baselines, make_effects, make_staff
from yui.people.practices.demo.proposal_lives import DECIDING, Life, life_of
from yui.people.practices.engine.proposal_deadlines import USUAL_DAYS, due_on
from yui.people.practices.engine.proposal_states import OPEN_TO_VOTES, Stage, Step
from yui.people.practices.models import (
    AuthorState,
    OpinionKind,
    Proposal,
    ProposalAuthor,
    ProposalCategory,
    ProposalOpinion,
    ProposalStep,
    ProposalVote,
    StepKind,
)
from yui.people.practices.operations.proposals.numbering import number_text
from yui.people.practices.operations.proposals.votes import digest_of

PER_YEAR = {"idea": (3, 8), "implemented": (4, 11), "issue": (1, 5)}
"""How many proposals of a kind a ward has in its first year."""
LATE_SHARE = 0.1


@dataclass
class WardProposals:
    """Everything made for one ward, to be stored at once."""

    ward: Organisation
    people: list[User]
    categories: dict[str, ProposalCategory]
    proposals: list[Proposal] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)


def seed_proposals(demo: Demonstration) -> None:
    """Make the improvement proposals of every ward."""
    random = demo.random_for("practices.proposals")
    last = min(demo.last_month.last_day, today())
    years = [FiscalYear.of(demo.first_month.first_day).shift(back) for back in (-1, 0, 1, 2, 3)]
    years = [year for year in years if year.start <= last]
    made = [_make_ward(random, ward, years, last) for ward in demo.wards]
    Proposal.objects.bulk_create([proposal for each in made for proposal in each.proposals])
    for each in made:
        _make_parts(random, each)
        make_effects(random, each.proposals, each.lives, last)
        _tell(demo, each)
    make_staff(random, demo.wards, years)
    make_baselines(random, demo.wards, years[0], {each.ward.pk: each.proposals for each in made})


def _make_ward(random: Random, ward: Organisation, years: list[FiscalYear], last: date) -> WardProposals:
    """Make the proposals of a ward in memory, year by year in the order in which they were handed in."""
    names = enumerate(words.CATEGORIES)
    made = ProposalCategory.objects.bulk_create(
        [ProposalCategory(organisation=ward, name=name, position=position) for position, name in names]
    )
    members = Membership.objects.owned_by(ward).select_related("user").order_by("pk")
    people = list({each.user_id: each.user for each in members}.values())
    result = WardProposals(ward, people, {each.name: each for each in made})
    sizes = {kind: random.randint(low, high) for kind, (low, high) in PER_YEAR.items()}
    pace = random.uniform(1.03, 1.3)
    for step, year in enumerate(years):
        days = [
            (_day_of(random, year), kind)
            for kind, size in sizes.items()
            for _each in range(round(size * pace**step))
        ]
        for serial, (day, kind) in enumerate(sorted(each for each in days if each[0] <= last), start=1):
            life = life_of(random, kind, day, last)
            result.proposals.append(_proposal(random, result, year, serial, kind, life, last))
            result.lives.append(life)
    return result


def _day_of(random: Random, year: FiscalYear) -> date:
    """Return a business day of a fiscal year, not so near its end that the next year would begin."""
    return business_day_on_or_after(year.start + timedelta(days=random.randrange(355)))


def _proposal(
    random: Random, made: WardProposals, year: FiscalYear, serial: int, kind: str, life: Life, last: date
) -> Proposal:
    title, category, present, idea = random.choice(words.IDEAS)
    office = random.choice(words.OFFICES)
    is_decided, is_anonymous = bool(life.outcome), random.random() < 0.1
    proposal = Proposal(
        organisation=made.ward,
        visibility=Visibility.WARDS if random.random() < 0.3 else Visibility.OWN,
        number=number_text(year, made.ward, serial),
        fiscal_year=year.year,
        serial=serial,
        kind=kind,
        category=made.categories[category],
        title=f"{title}({office})",
        present=present,
        idea=idea,
        expected_hours=Decimal(random.randrange(10, 400)),
        expected_yen_yearly=random.choice([None, random.randrange(10, 500) * 1000]),
        is_anonymous=is_anonymous,
        group_name=f"{office}改善グループ" if random.random() < 0.15 and not is_anonymous else "",
        stage=life.stage.value,
        entered_on=life.entered_on,
        due_on=_due(random, life, last),
        submitted_on=life.on(Step.SUBMIT),
        outcome=life.outcome,
        decision_reason=words.DECIDED.get(life.outcome, ""),
        decided_on=life.on(*DECIDING.values()) if is_decided else None,
        implemented_on=life.on(Step.IMPLEMENT),
    )
    proposal.fill_title_key()
    return proposal


def _due(random: Random, life: Life, last: date) -> date | None:
    """Return the deadline of the present stage; most of those that would be late were moved."""
    usual = due_on(life.stage, life.entered_on, USUAL_DAYS)
    if usual is None or usual >= last or random.random() < LATE_SHARE:
        return usual
    return business_day_on_or_after(last + timedelta(days=random.randint(35, 90)))


def _make_parts(random: Random, made: WardProposals) -> None:
    """Store the authors, steps, opinions and votes of a ward's proposals."""
    authors: list[ProposalAuthor] = []
    steps: list[ProposalStep] = []
    opinions: list[ProposalOpinion] = []
    votes: list[ProposalVote] = []
    for proposal, life in zip(made.proposals, made.lives, strict=True):
        chosen = random.sample(made.people, min(4, len(made.people)))
        author, others = next(iter(chosen), None), chosen[1:]
        if author is not None:
            authors.append(
                ProposalAuthor(
                    proposal=proposal,
                    user=author,
                    organisation=made.ward,
                    is_lead=True,
                    state=AuthorState.ACCEPTED,
                )
            )
        steps += _steps(random, proposal, life, author, others)
        if others and life.on(*DECIDING.values()):
            opinions.append(_opinion(random, proposal, others[0], life))
        if life.stage in OPEN_TO_VOTES or random.random() < 0.2:
            votes += _votes(random, proposal, [each for each in made.people if each != author])
    ProposalAuthor.objects.bulk_create(authors)
    ProposalStep.objects.bulk_create(steps)
    ProposalOpinion.objects.bulk_create(opinions)
    ProposalVote.objects.bulk_create(votes)


def _steps(
    random: Random, proposal: Proposal, life: Life, author: User | None, others: list[User]
) -> Iterable[ProposalStep]:
    """Yield the lines of a proposal's way."""
    stage = Stage.DRAFT
    replay = Life(stage=stage)
    for step, day in life.steps:
        replay.take(step, day)
        is_own = step in (Step.SUBMIT, Step.WITHDRAW)
        said = words.RETURNED if step is Step.RETURN else ""
        if step in DECIDING.values():
            said = words.DECIDED[replay.stage.value]
        yield ProposalStep(
            proposal=proposal,
            kind=StepKind(step.value),
            stage=replay.stage.value,
            words=said,
            by=author if is_own else (others[0] if others else None),
            is_by_author=is_own,
            at=_moment(random, day),
        )


def _moment(random: Random, day: date) -> datetime:
    return datetime.combine(day, time(9 + random.randrange(8), random.randrange(60)), TOKYO)


def _opinion(random: Random, proposal: Proposal, person: User, life: Life) -> ProposalOpinion:
    return ProposalOpinion(
        proposal=proposal,
        kind=random.choice(OpinionKind.values),
        recommendation=life.outcome,
        words=random.choice(words.OPINIONS),
        by=person,
        at=_moment(random, life.on(*DECIDING.values()) or life.entered_on),
    )


def _votes(random: Random, proposal: Proposal, people: list[User]) -> list[ProposalVote]:
    voters = random.sample(people, random.randint(0, min(8, len(people))))
    return [
        ProposalVote(digest=digest_of(settings.SECRET_KEY, proposal.pk, voter.pk), proposal=proposal)
        for voter in voters
    ]


def _tell(demo: Demonstration, made: WardProposals) -> None:
    total = {
        "summary": "架空データの改善提案を登録しました。",
        "changes": {},
        "data": {"proposals": len(made.proposals)},
    }
    subject = urn("practices.proposal_rules", made.ward.code)
    append(made.ward.code, [Act(demo.actor.name, "practices.proposal.seed", subject, total)])
