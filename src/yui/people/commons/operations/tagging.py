"""Tags as people write them."""

import re
from collections.abc import Iterable

from yui.kernel.writing.characters import neutralised
from yui.people.commons.errors import TooManyTags
from yui.people.commons.models import Tag

MOST_TAGS = 8
_BETWEEN = re.compile(r"[,、,;;\s ]+")


def tag_names(text: str) -> list[str]:
    """Return the words of a line such as ``標準化、Excel``, each once."""
    names: dict[str, str] = {}
    for word in _BETWEEN.split(neutralised(text)):
        name = word.removeprefix("#").removeprefix("#")[:40]
        if name and (key := Tag.key_of(name)):
            names.setdefault(key, name)
    return list(names.values())


def ensure_tags(names: Iterable[str]) -> list[Tag]:
    """Return the tags of these names, made where there is none.

    Raises:
        TooManyTags: for more than ``MOST_TAGS``.
    """
    wanted = {Tag.key_of(name): name for name in names}
    if len(wanted) > MOST_TAGS:
        raise TooManyTags(MOST_TAGS)
    known = set(Tag.objects.filter(key__in=wanted).values_list("key", flat=True))
    Tag.objects.bulk_create(
        [Tag(name=name, key=key) for key, name in wanted.items() if key not in known], ignore_conflicts=True
    )
    return list(Tag.objects.filter(key__in=wanted))
