"""A list with its conditions, order and columns, kept under a name."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedManager, ScopedModel, ScopedQuerySet


class SavedViewQuerySet(ScopedQuerySet):
    """Saved views by who may use them."""

    def usable_by(self, actor: Actor) -> Self:
        """Keep a person's own views and those that a colleague of the same organisation shares."""
        return self.visible_to(actor).filter(models.Q(owner_id=actor.user_id) | models.Q(shared=True))

    def of_table(self, code: str) -> Self:
        """Keep the views of one list."""
        return self.filter(table_code=code)


class SavedView(ScopedModel):
    """One saved view. It belongs to its owner, and to the owner's organisation where it is shared."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("作った人")
    )
    table_code = models.CharField(_("一覧"), max_length=80)
    path = models.CharField(_("アドレス"), max_length=300)
    query = models.CharField(_("条件"), max_length=2000, blank=True)
    name = models.CharField(_("名前"), max_length=80)
    shared = models.BooleanField(_("同じ団体の人と共有する"), default=False)

    objects: ClassVar[Any] = ScopedManager.from_queryset(SavedViewQuerySet)()

    class Meta(ScopedModel.Meta):
        ordering = ("name", "pk")
        verbose_name = _("保存した表示")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "organisation", "table_code", "name"], name="saved_view_name_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="saved_view_has_a_name"),
        ]
        indexes = [models.Index(fields=["table_code", "organisation"], name="saved_view_by_table")]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where the view is shown."""
        return f"{self.path}?{self.query}" if self.query else self.path
