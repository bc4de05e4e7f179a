"""Makes good practices for show: three years of them, with the wards that took them up."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from yui.kernel.calendar_jp import TOKYO, now, today
from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.tables.normalise import normalise_key
from yui.organisations.public import Department, Membership
from yui.people.practices.demo.practice_adoptions import make_adoptions
from yui.people.practices.demo.practice_words import FAILURES, WAYS, WORKS, Way, Work
from yui.people.practices.models import (
    Licence,
    Practice,
    PracticeEffect,
    PracticeFollow,
    PracticeKind,
    PracticeReview,
    PracticeState,
    PracticeThanks,
    PracticeVersion,
    Verdict,
    VersionStage,
)

YEARLY = (2, 5, 8)
"""Practices that a ward registers in its first, second and third year, before chance."""


@dataclass
class Made:
    """What is written at the end, in one go for each kind of record."""

    practices: list[Practice] = field(default_factory=list)
    versions: list[PracticeVersion] = field(default_factory=list)
    effects: list[PracticeEffect] = field(default_factory=list)
    reviews: list[PracticeReview] = field(default_factory=list)
    areas: list[tuple[Practice, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Cast:
    """The people and departments of the wards, by the ward's key."""

    people: dict[int, list[int]]
    departments: dict[int, list[int]]


def seed_practices(demo: Demonstration) -> None:
    """Make the good practices of every ward; the same seed gives the same data."""
    random = demo.random_for("practices")
    cast = _cast(demo.wards)
    made = Made()
    for ward in demo.wards:
        for day in _days(demo, random):
            _add(made, random, ward, demo.wards, cast, day)
        _add_unfinished(made, random, ward, demo.wards, cast)
    _write(made)
    make_adoptions(random, demo.wards, cast.people, made.practices, made.effects)
    _appreciate(random, made, cast)
    _tell(demo, made)


def _cast(wards: list[Organisation]) -> Cast:
    """Read who works where; a ward without people is told of without names."""
    people: dict[int, list[int]] = {ward.pk: [] for ward in wards}
    departments: dict[int, list[int]] = {ward.pk: [] for ward in wards}
    for ward, person in (
        Membership.objects.filter(organisation__in=wards)
        .order_by("pk")
        .values_list("organisation_id", "user_id")
    ):
        people[ward].append(person)
    leaves = Department.objects.filter(organisation__in=wards, parent__isnull=False).order_by("pk")
    for ward, department in leaves.values_list("organisation_id", "pk"):
        departments[ward].append(department)
    return Cast(people, departments)


def _days(demo: Demonstration, random: Random) -> list[date]:
    """Return the days on which a ward registers a practice, more of them every year."""
    months = demo.months
    found = []
    for place, month in enumerate(months):
        year = min(len(YEARLY) - 1, 3 - -(-(len(months) - place) // 12))
        if random.random() < YEARLY[max(0, year)] / 12:
            found.append(month.first_day + timedelta(days=random.randrange(27)))
    return [day for day in found if day < today()]


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10, 30), TOKYO)


def _practice(
    random: Random, ward: Organisation, cast: Cast, way: Way, work: Work, **values: Any
) -> Practice:
    title = way.title.format(name=work.name, thing=work.thing)
    departments = cast.departments[ward.pk]
    return Practice(
        organisation=ward,
        title=title,
        title_key=normalise_key(title),
        kind=PracticeKind.FAILURE if way in FAILURES else PracticeKind.SUCCESS,
        licence=random.choices(list(Licence), (5, 2, 2, 3))[0],
        department_id=random.choice(departments) if departments else None,
        contact="課の代表(架空)",
        author_id=random.choice(cast.people[ward.pk]) if cast.people[ward.pk] else None,
        **values,
    )


def _version(practice: Practice, way: Way, work: Work, day: date, **values: Any) -> PracticeVersion:
    words = {"name": work.name, "thing": work.thing}
    return PracticeVersion(
        practice=practice,
        title=practice.title,
        problem=way.problem.format(**words),
        approach=way.approach.format(**words),
        effect_note="変える前と後に、2週間ずつ時間を記録しました。",
        cost_note="",
        staffing="担当2人で、およそ3週間かかりました。",
        preconditions=way.preconditions,
        reuse_steps=way.reuse,
        pitfalls=way.pitfalls,
        initial_yen=way.yen,
        annual_yen=way.yen // 8,
        started_on=day - timedelta(days=200),
        made_by_id=practice.author_id,
        made_at=_at(day - timedelta(days=20)),
        **values,
    )


def _effects(
    random: Random, version: PracticeVersion, way: Way, work: Work, day: date
) -> list[PracticeEffect]:
    """Return the time that the work takes, and here and there what paper and postage cost."""
    found = [_effect(random, version, way, work, day)]
    if way.left < 1 and random.random() < 0.3:
        before = Decimal(random.randrange(80, 900) * 1000)
        found.append(
            PracticeEffect(
                version=version, position=2, name="紙と郵送の費用", unit="yen_per_year", before=before,
                after=before * random.randrange(30, 90) / 100, grade="measured",
                measured_on=day - timedelta(days=30), method="前の年度の決算との比較",
            )
        )  # fmt: skip
    return found


def _effect(random: Random, version: PracticeVersion, way: Way, work: Work, day: date) -> PracticeEffect:
    left = way.left + Decimal(random.randrange(-6, 7)) / 100
    grade = random.choices(("estimated", "measured", "compared"), (3, 5, 1))[0]
    return PracticeEffect(
        version=version,
        name=f"{work.name}にかかる時間",
        unit="minutes_per_case",
        before=Decimal(work.minutes),
        after=(work.minutes * left).quantize(Decimal("0.1")),
        volume_per_year=round(work.cases * random.uniform(0.5, 1.4)),
        grade=grade,
        measured_on=None if grade == "estimated" else day - timedelta(days=30),
        method="" if grade == "estimated" else "前後2週間ずつの記録",
    )


def _choice(random: Random) -> tuple[Way, Work]:
    way = random.choice(FAILURES) if random.random() < 0.12 else random.choice(WAYS)
    return way, random.choice(WORKS)


def _add(
    made: Made,
    random: Random,
    ward: Organisation,
    wards: list[Organisation],
    cast: Cast,
    day: date,
) -> None:
    """Add one registered practice, read by a colleague of another ward."""
    way, work = _choice(random)
    reader = random.choice([each for each in wards if each.pk != ward.pk] or wards)
    people = cast.people[reader.pk]
    person = random.choice(people) if people else None
    practice = _practice(
        random, ward, cast, way, work,
        state=PracticeState.DRAFT, audience=Visibility.WARDS, visibility=Visibility.OWN,
        registered_at=_at(day), expires_on=day + timedelta(days=random.choice((400, 730, 730, 1095))),
    )  # fmt: skip
    version = _version(
        practice, way, work, day, number=1, stage=VersionStage.PUBLISHED,
        submitted_at=_at(day - timedelta(days=9)), published_at=_at(day),
        reviewed_by_id=person, reviewing_ward=reader,
    )  # fmt: skip
    made.practices.append(practice)
    made.versions.append(version)
    made.effects += _effects(random, version, way, work, day)
    made.areas.append((practice, work.area))
    if person is not None and reader.pk != ward.pk:
        made.reviews.append(
            PracticeReview(
                version=version,
                of_ward=ward,
                ward=reader,
                reviewer_id=person,
                asked_at=_at(day - timedelta(days=6)),
                verdict=Verdict.PUBLISH,
                comment="同じ手順でできそうです。件数の規模が書いてあり、比べやすいと思います。",
                ended_at=_at(day),
            )
        )


def _add_unfinished(
    made: Made, random: Random, ward: Organisation, wards: list[Organisation], cast: Cast
) -> None:
    """Add what is being written, and here and there what waits for a reader."""
    day = today()
    stages = [VersionStage.DRAFTING]
    if random.random() < 0.4:
        stages.append(VersionStage.IN_REVIEW)
    for stage in stages:
        way, work = _choice(random)
        waits = stage == VersionStage.IN_REVIEW
        practice = _practice(
            random, ward, cast, way, work,
            state=PracticeState.IN_REVIEW if waits else PracticeState.DRAFT,
            audience=Visibility.WARDS, visibility=Visibility.WARDS if waits else Visibility.OWN,
            expires_on=day + timedelta(days=730),
        )  # fmt: skip
        version = _version(
            practice, way, work, day, number=1, stage=stage,
            submitted_at=now() - timedelta(days=random.randrange(1, 8)) if waits else None,
        )  # fmt: skip
        made.practices.append(practice)
        made.versions.append(version)
        made.effects += _effects(random, version, way, work, day)
        made.areas.append((practice, work.area))


def _write(made: Made) -> None:
    """Store the records; a practice stands published once its version is stored."""
    Practice.objects.bulk_create(made.practices, batch_size=500)
    PracticeVersion.objects.bulk_create(made.versions, batch_size=500)
    PracticeEffect.objects.bulk_create(made.effects, batch_size=500)
    PracticeReview.objects.bulk_create(made.reviews, batch_size=500)
    for version in made.versions:
        practice = version.practice
        if version.stage == VersionStage.PUBLISHED:
            practice.current, practice.state = version, PracticeState.PUBLISHED
            practice.visibility = practice.audience
    Practice.objects.bulk_update(made.practices, ["current", "state", "visibility"], batch_size=500)
    field: Any = Practice._meta.get_field("areas")
    keys = dict(field.related_model.objects.values_list("code", "pk"))
    through = field.remote_field.through
    through.objects.bulk_create(
        through(practice_id=practice.pk, standardbusinessarea_id=keys[code])
        for practice, code in made.areas
        if code in keys
    )


def _appreciate(random: Random, made: Made, cast: Cast) -> None:
    """Let people thank and follow."""
    everybody = sorted(person for people in cast.people.values() for person in people)
    thanks: list[PracticeThanks] = []
    follows: list[PracticeFollow] = []
    for practice in made.practices:
        if practice.author_id is not None:
            follows.append(PracticeFollow(practice=practice, person_id=practice.author_id))
        if practice.state == PracticeState.PUBLISHED and everybody:
            for person in random.sample(everybody, k=min(len(everybody), random.randrange(9))):
                thanks.append(PracticeThanks(practice=practice, person_id=person))
    PracticeThanks.objects.bulk_create(thanks, batch_size=500)
    PracticeFollow.objects.bulk_create(follows, batch_size=500)


def _tell(demo: Demonstration, made: Made) -> None:
    """Enter what was made into the ledger of each ward."""
    by_ward: dict[str, list[Act]] = {ward.code: [] for ward in demo.wards}
    for practice in made.practices:
        summary = f"架空データとして事例「{practice.title}」を登録しました。"
        by_ward[practice.organisation.code].append(
            Act(
                demo.actor.name,
                "practices.practice.draft",
                urn("practices.practice", practice.pk),
                {"summary": summary, "changes": {}, "data": {}},
            )
        )
    for code, acts in by_ward.items():
        if acts:
            append(code, acts)
