"""One question with everything that was written on it, as its page shows it to one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

from yui.kernel.policy import Actor
from yui.kernel.writing import render
from yui.people.commons.models import Post, PostFile, PostKind, PostLink, Question, QuestionFollow, Thanks
from yui.people.commons.models.post import PostQuerySet
from yui.people.commons.policies import is_moderator, wrote
from yui.people.commons.queries.feed import author_name_of
from yui.registry.public import SystemSummary, visible_system

_PART = "part of a question that was read"
_OWN = "the reader's own"
ANSWERS_PER_PAGE = 50


@dataclass(frozen=True)
class ThreadPost:
    """A post ready to be shown: name as everybody may read it, safe HTML, and what the reader may do."""

    post: Post
    author_name: str
    html: SafeString
    is_own: bool
    is_asker: bool
    is_thanked: bool
    is_solving: bool
    files: Sequence[PostFile]
    links: Sequence[PostLink]
    comments: Sequence["ThreadPost"] = ()


@dataclass(frozen=True)
class Thread:
    """A question with its answers, the solving one first, then as they came.

    ``same_as`` is the question with which it was put together, where the reader may see that one.
    """

    question: Question
    system: SystemSummary | None
    opening: ThreadPost
    answers: Sequence[ThreadPost]
    page: int
    pages: int
    is_moderator: bool
    is_followed: bool
    same_as: Question | None


def thread_of(actor: Actor, key: int, page: int = 1) -> Thread | None:
    """Return one page of a question's thread; None when it is not there for this reader."""
    question = (
        Question.objects.visible_to(actor)
        .filter(pk=key)
        .select_related("organisation", "area")
        .prefetch_related("tags")
        .first()
    )
    if question is None:
        return None
    moderates = is_moderator(actor, question)
    if question.hidden_at is not None and not moderates:
        return None
    posts = Post.objects.unscoped(_PART).filter(question=question)
    if not moderates:
        posts = posts.shown()
    shown = _shown_part(posts, question, page)
    if shown is None:
        return None
    opening, answers, beside, page, pages = shown
    drawing = _Drawing(actor, question, opening, [opening, *answers, *beside])
    return Thread(
        question=question,
        system=visible_system(actor, question.system_id) if question.system_id else None,
        opening=drawing.with_comments(opening, [post for post in beside if post.parent_id is None]),
        answers=[
            drawing.with_comments(answer, [post for post in beside if post.parent_id == answer.pk])
            for answer in answers
        ],
        page=page,
        pages=pages,
        is_moderator=moderates,
        is_followed=QuestionFollow.objects.unscoped(_OWN)
        .filter(question=question, user_id=actor.user_id)
        .exists(),
        same_as=Question.objects.visible_to(actor).shown().filter(pk=question.duplicate_of_id).first()
        if question.duplicate_of_id
        else None,
    )


def _shown_part(
    posts: PostQuerySet, question: Question, page: int
) -> tuple[Post, list[Post], list[Post], int, int] | None:
    """Return opening, answers and comments of a page, its number and how many pages; None without opening.

    Keys come first: of a long thread, texts and authors of one page only are read.
    """
    rows = list(posts.order_by("posted_at", "pk").values_list("pk", "kind", "parent_id"))
    answers = [key for key, kind, _parent in rows if kind == PostKind.ANSWER]
    answers.sort(key=lambda key: key != question.solving_post_id)
    pages = max(1, -(-len(answers) // ANSWERS_PER_PAGE))
    page = min(max(1, page), pages)
    wanted = set(answers[(page - 1) * ANSWERS_PER_PAGE : page * ANSWERS_PER_PAGE])
    beside = [
        key for key, kind, parent in rows if kind == PostKind.COMMENT and (parent is None or parent in wanted)
    ]
    openings = [key for key, kind, _parent in rows if kind == PostKind.QUESTION]
    read = posts.filter(pk__in=[*openings, *wanted, *beside]).select_related(
        "author", "external_author", "posted_for", "hidden_author"
    )
    known = {post.pk: post for post in read}
    opening = next((known[key] for key in openings if key in known), None)
    if opening is None:
        return None
    return (
        opening,
        [known[key] for key in answers if key in wanted and key in known],
        [known[key] for key in beside if key in known],
        page,
        pages,
    )


class _Drawing:
    """Turns the posts of one page into what the page shows; asks each question of the database once."""

    def __init__(self, actor: Actor, question: Question, opening: Post, posts: Sequence[Post]) -> None:
        self.actor, self.question = actor, question
        keys = [post.pk for post in posts]
        self.thanked = set(
            Thanks.objects.unscoped(_OWN)
            .filter(post_id__in=keys, user_id=actor.user_id)
            .values_list("post_id", flat=True)
        )
        self.files: dict[int, list[PostFile]] = {}
        for file in PostFile.objects.unscoped(_PART).filter(post_id__in=keys).order_by("pk"):
            self.files.setdefault(file.post_id, []).append(file)
        self.links: dict[int, list[PostLink]] = {}
        for link in PostLink.objects.unscoped(_PART).filter(post_id__in=keys).order_by("pk"):
            self.links.setdefault(link.post_id, []).append(link)
        self.asker = _author_key(opening)

    def with_comments(self, post: Post, comments: Sequence[Post]) -> ThreadPost:
        """Return a post with its comments."""
        return self._one(post, [self._one(comment) for comment in comments])

    def _one(self, post: Post, comments: Sequence[ThreadPost] = ()) -> ThreadPost:
        return ThreadPost(
            post=post,
            author_name=author_name_of(post),
            html=rendered(post.body),
            is_own=wrote(self.actor, post),
            is_asker=post.kind != PostKind.QUESTION
            and not post.is_unnamed
            and _author_key(post) == self.asker,
            is_thanked=post.pk in self.thanked,
            is_solving=post.pk == self.question.solving_post_id,
            files=self.files.get(post.pk, ()),
            links=self.links.get(post.pk, ()),
            comments=comments,
        )


def _author_key(post: Post) -> tuple[int | None, int | None]:
    """Return who openly wrote a post; an unnamed one is nobody's, so that no mark gives its author away."""
    return (post.author_id or -post.pk if not post.external_author_id else None, post.external_author_id)


@lru_cache(maxsize=4096)
def rendered(body: str) -> SafeString:
    """Return the safe HTML of a text; images are shown from files of the house only."""
    return render(body, image_url=image_address)


def image_address(reference: str) -> str | None:
    """Return the address of ``attachment:ID``; whether the reader may see the file is asked there."""
    scheme, _sign, key = reference.partition(":")
    if scheme != "attachment" or not (key.isascii() and key.isdecimal() and len(key) < 18):
        return None
    return reverse("commons:file", args=[int(key)])
