"""Who wrote what is taken in: a member where the address or name says so, else somebody external."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Organisation
from yui.kernel.writing.characters import neutralised
from yui.organisations.public import SECRETARIAT_CODE, Membership
from yui.people.commons.formats.imported import ImportedPerson
from yui.people.commons.models import ExternalAuthor

_WHY = "who wrote a post that is taken in"


@dataclass(frozen=True, slots=True)
class Author:
    """One of the two keys, and the body whose name stands beside the author's."""

    user_id: int | None
    external_id: int | None
    organisation_id: int


class Authors:
    """Finds the authors of one export, each once.

    A ward takes posts in for its own members only: nobody else's name may be put under a text by a file that
    somebody made. The secretariat takes in for the members of all bodies.
    """

    def __init__(self, organisation: Organisation, source: str, people: Mapping[str, ImportedPerson]) -> None:
        self._organisation, self._source, self._people = organisation, source, people
        self._known: dict[str, Author] = {}

    def of(self, key: str) -> Author:
        """Return an author that ``ensure`` has found."""
        return self._known[key]

    def ensure(self, keys: Iterable[str]) -> None:
        """Find the authors, and enter those whom nobody here is."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self._known]
        if not wanted:
            return
        people = [self._people.get(key) or ImportedPerson(key, key) for key in wanted]
        members = self._members(people)
        external = [person for person in people if person.key not in members]
        self._known.update(members)
        self._known.update(self._external(external))

    def _members(self, people: list[ImportedPerson]) -> dict[str, Author]:
        held = Membership.objects.unscoped(_WHY).valid_on(today())
        held = held.filter(user__is_active=True, organisation__is_active=True)
        if self._organisation.code != SECRETARIAT_CODE:
            held = held.filter(organisation=self._organisation)
        found: dict[str, Author] = {}
        for field in ("email", "username"):
            # A name there may be somebody else's here; it counts only where the export knows no address.
            stated = {
                person.key: folded(getattr(person, field))
                for person in people
                if getattr(person, field) and (field == "email" or not person.email)
            }
            rows = held.filter(**{f"user__{field}__in": set(stated.values())})
            rows = rows.order_by("-organisation__sort_order", "-pk")
            users = {
                name: Author(user, None, body)
                for name, user, body in rows.values_list(f"user__{field}", "user_id", "organisation_id")
            }
            found |= {key: users[name] for key, name in stated.items() if name in users}
        return found

    def _external(self, people: list[ImportedPerson]) -> dict[str, Author]:
        known = self._kept([person.key for person in people])
        ExternalAuthor.objects.bulk_create(
            [
                ExternalAuthor(
                    organisation=self._organisation,
                    source=self._source,
                    key=person.key,
                    name=" ".join(neutralised(person.name).split())[:100] or person.key,
                )
                for person in people
                if person.key not in known
            ],
            batch_size=500,
        )
        if len(known) < len(people):
            known = self._kept([person.key for person in people])
        return {key: Author(None, pk, self._organisation.pk) for key, pk in known.items()}

    def _kept(self, keys: list[str]) -> dict[str, int]:
        authors = ExternalAuthor.objects.owned_by(self._organisation).filter(
            source=self._source, key__in=keys
        )
        return dict(authors.values_list("key", "pk"))


def folded(text: str) -> str:
    """Return an address or name in the form in which people's are kept."""
    return unicodedata.normalize("NFKC", text).strip().lower()
