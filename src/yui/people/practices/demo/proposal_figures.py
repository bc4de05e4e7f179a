"""The made-up effects, baselines and staff numbers beside the proposals for show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from random import Random

from yui.kernel.calendar_jp import TOKYO, FiscalYear
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import StaffCount
from yui.people.practices.demo import proposal_words as words
from yui.people.practices.demo.proposal_lives import Life
from yui.people.practices.engine.proposal_deadlines import next_confirmation
from yui.people.practices.engine.proposal_states import Step
from yui.people.practices.models import (
    UNCOUNTED_STAGES,
    BaselineSource,
    EffectPhase,
    MethodGrade,
    Proposal,
    ProposalBaseline,
    ProposalEffect,
    ProposalKind,
)
from yui.people.practices.operations.proposals.freeze_baseline import DEFINITION

WITHOUT_BASELINE = 3
"""How many wards have none yet: they are unknown, and not zero."""
FORGOTTEN = 0.1
"""The share of effects that nobody has looked at again in time."""
STATED = 4
"""How many wards stated theirs."""
GRADES = [MethodGrade.ESTIMATED, MethodGrade.MEASURED, MethodGrade.MEASURED, MethodGrade.COMPARED]


def make_effects(random: Random, proposals: Sequence[Proposal], lives: Sequence[Life], last: date) -> None:
    """Measure the proposals that came so far, and confirm most of them when the time came."""
    effects: list[ProposalEffect] = []
    changed = []
    for proposal, life in zip(proposals, lives, strict=True):
        day = life.on(Step.MEASURE)
        if day is None:
            continue
        before = Decimal(random.randrange(5, 60))
        facts = {
            "minutes_before": before,
            "volume": random.randrange(50, 3000),
            "yen_yearly": random.choice([None, random.randrange(5, 400) * 1000]),
            "yen_once": random.choice([None, None, random.randrange(5, 100) * 1000]),
            "grade": random.choice(GRADES),
            "method": random.choice(words.METHODS),
        }
        proposal.next_check_on = day
        for number, phase in enumerate(EffectPhase):
            share = Decimal(random.randrange(30, 95)) / 100
            after = (before * share).quantize(Decimal("0.1"))
            effects.append(
                ProposalEffect(
                    proposal=proposal,
                    phase=phase,
                    minutes_after=after,
                    measured_on=proposal.next_check_on,
                    **facts,
                )
            )
            proposal.next_check_on = next_confirmation(day, number)
            is_forgotten = random.random() < FORGOTTEN
            if proposal.next_check_on is None or proposal.next_check_on > last or is_forgotten:
                break
        changed.append(proposal)
    ProposalEffect.objects.bulk_create(effects)
    Proposal.objects.bulk_update(changed, ["next_check_on"], batch_size=500)


def make_staff(random: Random, wards: Sequence[Organisation], years: Sequence[FiscalYear]) -> None:
    """Say how many people work for each ward; a number that another room made stays."""
    counts = [
        StaffCount(
            organisation=ward,
            visibility=Visibility.WARDS,
            fiscal_year=year.year,
            people=size + random.randint(-40, 40),
            source=words.SOURCE,
        )
        for ward in wards
        for size in [random.randrange(1500, 5200)]
        for year in years
    ]
    StaffCount.objects.bulk_create(counts, ignore_conflicts=True)


def make_baselines(
    random: Random,
    wards: Sequence[Organisation],
    year: FiscalYear,
    proposals: Mapping[int, Sequence[Proposal]],
) -> None:
    """Freeze the first year of most wards: counted from records, or stated; a few have none."""
    known = list(wards[:-WITHOUT_BASELINE]) if len(wards) > WITHOUT_BASELINE else list(wards)
    stated = {ward.pk for ward in random.sample(known, min(STATED, len(known) // 2))}
    frozen_at = datetime.combine(year.next().start, time(10), TOKYO)
    baselines = []
    for ward in known:
        counts = Counter(
            each.kind
            for each in proposals[ward.pk]
            if each.fiscal_year == year.year and each.stage not in UNCOUNTED_STAGES
        )
        is_stated = ward.pk in stated
        baselines += [
            ProposalBaseline(
                organisation=ward,
                visibility=Visibility.WARDS,
                fiscal_year=year.year,
                kind=kind,
                definition=DEFINITION,
                count=counts[kind],
                source=BaselineSource.STATED if is_stated else BaselineSource.COUNTED,
                source_note=words.SOURCE if is_stated else "",
                frozen_at=frozen_at,
            )
            for kind in ProposalKind.values
            if counts[kind]
        ]
    ProposalBaseline.objects.bulk_create(baselines)
