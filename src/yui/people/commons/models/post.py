"""What people wrote: the words of a question, answers, comments; and who wrote them."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild, ScopedManager, ScopedModel, ScopedQuerySet


class PostKind(models.TextChoices):
    """What a post is."""

    QUESTION = "question", _("質問")
    ANSWER = "answer", _("回答")
    COMMENT = "comment", _("コメント")


class ExternalAuthor(ScopedModel):
    """Somebody who wrote on an imported platform and has no account here."""

    source = models.CharField(_("取り込み元"), max_length=60)
    key = models.CharField(_("取り込み元の番号"), max_length=80)
    name = models.CharField(_("名前"), max_length=100)

    class Meta(ScopedModel.Meta):
        verbose_name = _("外部の投稿者")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "source", "key"), name="commons_external_author_unique"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(ScopedQuerySet):
    """Posts by what becomes of them."""

    def shown(self) -> Self:
        """Keep the posts that no moderator has taken off the pages."""
        return self.filter(hidden_at__isnull=True)


class PostManager(ScopedManager.from_queryset(PostQuerySet)):  # type: ignore[misc]
    """The default, fail-closed manager of posts."""


class Post(ScopedChild):
    """A text by one author: a person, somebody external, or nobody shown (then ``HiddenAuthor`` knows).

    ``posted_for`` is the body whose name stands beside the author's. A comment without ``parent`` belongs to
    the question, one with it to that answer.
    """

    scope_path = "question"

    question = models.ForeignKey("commons.Question", on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(_("種別"), max_length=10, choices=PostKind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="comments"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("書いた人"),
    )
    external_author = models.ForeignKey(
        ExternalAuthor, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    is_unnamed = models.BooleanField(_("名前を伏せる"), default=False)
    shown_department = models.CharField(_("表示する部署"), max_length=100, blank=True)
    posted_for = models.ForeignKey(
        "scope.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("所属")
    )
    body = models.TextField(_("本文"), max_length=40_000)
    revision = models.PositiveIntegerField(_("版"), default=1)
    posted_at = models.DateTimeField(_("投稿した日時"))
    edited_at = models.DateTimeField(_("直した日時"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("非表示にした日時"), null=True, blank=True)
    thanks_count = models.PositiveIntegerField(_("感謝"), default=0)
    source_key = models.CharField(_("取り込み元の番号"), max_length=160, blank=True)

    objects: ClassVar[Any] = PostManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("投稿")
        ordering = ("posted_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False, external_author__isnull=True, is_unnamed=False)
                | Q(author__isnull=True, external_author__isnull=False, is_unnamed=False)
                | Q(author__isnull=True, external_author__isnull=True, is_unnamed=True),
                name="commons_post_one_author",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(kind=PostKind.COMMENT),
                name="commons_post_only_comments_hang",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="commons_post_says_something"),
            models.UniqueConstraint(
                fields=("question",), condition=Q(kind="question"), name="commons_post_one_question"
            ),
            models.UniqueConstraint(
                fields=("question", "source_key"),
                condition=~Q(source_key=""),
                name="commons_post_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=("question", "posted_at", "id"), name="commons_post_in_order"),
            models.Index(fields=("author", "-posted_at"), name="commons_post_author"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class HiddenAuthor(ScopedChild):
    """Who wrote a post without a name. Read only to let the person go on with it, and by a disclosure."""

    scope_path = "post__question"

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="hidden_author")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta(ScopedChild.Meta):
        verbose_name = _("名前を伏せた投稿者")

    def __str__(self) -> str:
        return f"{self.post_id}"


class PostRevision(ScopedChild):
    """A text as it stood before an edit, never altered."""

    scope_path = "post__question"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("版"))
    title = models.CharField(_("件名"), max_length=200, blank=True)
    body = models.TextField(_("本文"))
    replaced_at = models.DateTimeField(_("直した日時"))
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(ScopedChild.Meta):
        verbose_name = _("投稿の以前の版")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("post", "number"), name="commons_revision_number_unique")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} v{self.number}"


class PostLink(ScopedChild):
    """A file that an imported post named by address only; its bytes stayed where they were."""

    scope_path = "post__question"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="linked_files")
    name = models.CharField(_("名前"), max_length=200)
    address = models.URLField(_("元の場所"), max_length=1000, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("取り込み元にあるファイル")

    def __str__(self) -> str:
        return self.name
