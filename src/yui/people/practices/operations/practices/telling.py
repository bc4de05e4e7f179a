"""Who hears of what happens to a practice."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from yui.kernel.links import urn
from yui.kernel.notices.public import MailTiming, NoticeKind, notify
from yui.people.practices.models import Practice, PracticeFollow, PracticeReview
from yui.people.practices.queries.practices.people import those_in_sight

KIND_NEWS = "practices.practice.news"
KIND_REVIEW = "practices.practice.review"
KIND_EXPIRY = "practices.practice.expiry"
NOTICE_KINDS = (
    NoticeKind(KIND_NEWS, _("フォローしている事例の知らせ"), MailTiming.DAILY),
    NoticeKind(KIND_REVIEW, _("事例の査読と、ほかの区の動き"), MailTiming.DAILY),
    NoticeKind(KIND_EXPIRY, _("事例の有効期限"), MailTiming.DAILY),
)


def tell_writers(practice: Practice, title: str, *, besides: int | None = None) -> int:
    """Tell the person who wrote it; return how many people were told."""
    return _tell([practice.author_id], practice, kind=KIND_REVIEW, title=title, besides=besides)


def tell_reviewer(practice: Practice, review: PracticeReview) -> int:
    """Tell a person that a review is asked for."""
    title = f"事例「{practice.title}」の査読を頼まれました。"
    return _tell([review.reviewer_id], practice, kind=KIND_REVIEW, title=title)


def tell_followers(practice: Practice, title: str, *, besides: int | None = None) -> int:
    """Tell those who follow the practice."""
    follows = PracticeFollow.objects.owned_by(practice.organisation).filter(practice=practice)
    people = follows.order_by("pk").values_list("person_id", flat=True)
    return _tell(people, practice, kind=KIND_NEWS, title=title, besides=besides)


def tell_of_expiry(practice: Practice, people: Iterable[int], title: str) -> int:
    """Tell those in charge that a practice is about to expire."""
    return _tell(people, practice, kind=KIND_EXPIRY, title=title)


def _tell(
    people: Iterable[int | None], practice: Practice, *, kind: str, title: str, besides: int | None = None
) -> int:
    meant = {person for person in people if person is not None and person != besides}
    return notify(
        those_in_sight(practice, meant),
        kind=kind,
        title=title,
        url=practice.get_absolute_url(),
        urn=urn("practices.practice", practice.pk),
        organisation=practice.organisation,
    )
