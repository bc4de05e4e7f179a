"""Makes the commons' 架空データ: two years of questions, answers, thanks, and what moderators did."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from random import Random

from yui.kernel.calendar_jp import TOKYO, is_business_day, now
from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.public import SECRETARIAT_CODE, Membership, User
from yui.people.commons.demo.conversations import Conversation, conversations
from yui.people.commons.models import (
    HelperProfile,
    HiddenAuthor,
    MentorTurn,
    ModerationAct,
    ModerationKind,
    Post,
    PostKind,
    Question,
    QuestionFollow,
    QuestionState,
    QuestionStep,
    SolvedBy,
    Tag,
    Thanks,
)
from yui.people.commons.operations.tagging import ensure_tags
from yui.registry.public import area_keys

__all__ = ["seed"]

QUESTIONS = 110
DAYS = 500
DEPARTMENTS = ("情報政策課", "区民課", "福祉課", "税務課", "契約課")


def seed(demo: Demonstration) -> None:
    """Make two years of questions; the same seed gives the same data."""
    random = demo.random_for("commons")
    with unscoped_allowed("demonstration data"):
        people = {ward.code: _people_of(ward) for ward in demo.wards}
        wards = [ward for ward in demo.wards if people[ward.code]]
        areas = area_keys()
        times = sorted(_moments(random, QUESTIONS))
        told = list(conversations(random, QUESTIONS))
        random.shuffle(told)
        for at, conversation in zip(times, told, strict=True):
            _play(random, conversation, at, wards, people, areas)
        _moderate(random)
        _prepare_help(random, wards, people)
        _remember(demo, wards)


def _people_of(ward: Organisation) -> list[User]:
    held = Membership.objects.owned_by(ward).select_related("user").order_by("user_id")
    return list({membership.user_id: membership.user for membership in held}.values())


def _moments(random: Random, count: int) -> Iterable[datetime]:
    """Return moments of asking, on business days, more of them lately."""
    for _number in range(count):
        day = (now() - timedelta(days=2 + DAYS * random.random() ** 1.6)).date()
        while not is_business_day(day):
            day -= timedelta(days=1)
        yield datetime.combine(day, time(9, 0), TOKYO) + timedelta(minutes=random.randrange(8 * 60))


def _play(
    random: Random,
    said: Conversation,
    at: datetime,
    wards: list[Organisation],
    people: dict[str, list[User]],
    areas: dict[str, int],
) -> None:
    """Make one conversation with the times, counts and steps that the operations would have left."""
    ward = random.choice(wards)
    asker = random.choice(people[ward.code])
    question = Question.objects.create(
        organisation=ward,
        visibility=Visibility.WARDS if random.random() < 0.9 else Visibility.OWN,
        title=said.title,
        area_id=areas.get(said.area),
        asked_at=at,
        last_activity_at=at,
    )
    question.tags.add(*ensure_tags(said.tags))
    department = random.choice(DEPARTMENTS)
    opening = Post.objects.create(
        question=question,
        kind=PostKind.QUESTION,
        author=None if said.is_unnamed else asker,
        is_unnamed=said.is_unnamed,
        shown_department=department if said.is_unnamed else "",
        posted_for=ward,
        body=said.body,
        posted_at=at,
    )
    if said.is_unnamed:
        HiddenAuthor.objects.create(post=opening, user=asker)
    QuestionStep.objects.create(
        question=question, state=QuestionState.OPEN, at=at, by=None if said.is_unnamed else asker
    )
    answers = _answer(random, said, question, asker, wards, people)
    for text in said.comments:
        question.last_activity_at += timedelta(minutes=random.randrange(10, 600))
        by = asker if not said.is_unnamed else answers[0].author if answers else None
        if by is not None:
            Post.objects.create(
                question=question,
                kind=PostKind.COMMENT,
                parent=answers[0] if answers else None,
                author=by,
                posted_for=ward if by == asker else answers[0].posted_for,
                body=text,
                posted_at=question.last_activity_at,
            )
    if said.solved_by is not None and said.solved_by < len(answers):
        _solve(random, question, answers[said.solved_by], None if said.is_unnamed else asker)
    question.save()
    QuestionFollow.objects.create(question=question, user=asker)


def _answer(
    random: Random,
    said: Conversation,
    question: Question,
    asker: User,
    wards: list[Organisation],
    people: dict[str, list[User]],
) -> list[Post]:
    """Add the answers; a question shown to its ward only is answered there."""
    posts: list[Post] = []
    for text in said.answers:
        ward = question.organisation if question.visibility == Visibility.OWN else random.choice(wards)
        by = random.choice([person for person in people[ward.code] if person != asker] or [asker])
        question.last_activity_at += timedelta(minutes=int(random.lognormvariate(5.0, 1.1)) + 5)
        if question.last_activity_at > now() or by == asker:
            question.last_activity_at = min(question.last_activity_at, now())
            break
        post = Post.objects.create(
            question=question,
            kind=PostKind.ANSWER,
            author=by,
            posted_for=ward,
            body=text,
            posted_at=question.last_activity_at,
        )
        posts.append(post)
        question.answer_count += 1
        if question.first_answer_at is None:
            question.set_first_answer(post.posted_at)
        readers = [asker, *random.sample(people[ward.code], k=min(2, len(people[ward.code])))]
        thankful = [person for person in dict.fromkeys(readers) if person != by]
        Thanks.objects.bulk_create(Thanks(post=post, user=person, at=post.posted_at) for person in thankful)
        post.thanks_count = len(thankful)
        post.save()
    return posts


def _solve(random: Random, question: Question, answer: Post, by: User | None) -> None:
    at = min(now(), question.last_activity_at + timedelta(minutes=random.randrange(30, 3000)))
    question.state, question.solved_at = QuestionState.SOLVED, at
    question.solved_by, question.solving_post = SolvedBy.ANSWER, answer
    question.last_activity_at = at
    QuestionStep.objects.create(question=question, state=QuestionState.SOLVED, at=at, by=by, post=answer)


def _moderate(random: Random) -> None:
    """Let the secretariat have closed one question as a duplicate, and corrected the tags of another."""
    office = Organisation.objects.get(code=SECRETARIAT_CODE)
    by = _people_of(office)[0] if _people_of(office) else None
    shown = list(Question.objects.filter(visibility=Visibility.WARDS, state=QuestionState.OPEN)[:2])
    older = Question.objects.filter(visibility=Visibility.WARDS, state=QuestionState.SOLVED).first()
    if by is None or older is None or len(shown) < 2:
        return
    closed, locked = shown
    closed.state, closed.duplicate_of = QuestionState.CLOSED, older
    closed.closing_reason = "すでに解決した質問と同じ内容です"
    closed.save()
    at = max(now() - timedelta(days=random.randrange(1, 20)), closed.last_activity_at)
    QuestionStep.objects.create(question=closed, state=QuestionState.CLOSED, at=at, by=by)
    for question, kind, reason in (
        (closed, ModerationKind.DUPLICATE, closed.closing_reason),
        (locked, ModerationKind.RETAG, "言い方をそろえました"),
    ):
        ModerationAct.objects.create(question=question, kind=kind, reason=reason, by=by, at=at)


def _prepare_help(random: Random, wards: list[Organisation], people: dict[str, list[User]]) -> None:
    """Let some people say what they know well, and plan the mentors' turns around today."""
    tags = list(Tag.objects.all())
    for ward in wards:
        for person in people[ward.code][:2]:
            profile, _is_new = HelperProfile.objects.get_or_create(
                user=person, defaults={"takes_turns": True, "may_be_asked": random.random() < 0.9}
            )
            profile.tags.add(*random.sample(tags, k=min(2, len(tags))))
    monday = now().date() - timedelta(days=now().date().weekday())
    for number in range(-4, 12):
        ward = wards[number % len(wards)]
        MentorTurn.objects.create(
            organisation=ward,
            visibility=Visibility.WARDS,
            starts_on=monday + timedelta(weeks=number),
            mentor=people[ward.code][0],
        )


def _remember(demo: Demonstration, wards: list[Organisation]) -> None:
    """Leave one line in each ward's ledger: where these questions come from."""
    for ward in wards:
        count = Question.objects.filter(organisation=ward).count()
        payload = {"summary": f"架空の質問を{count}件つくりました。", "changes": {}, "data": {}}
        append(
            ward.code,
            [Act(demo.actor.name, "commons.demonstration", urn("commons.demonstration", ward.code), payload)],
        )
