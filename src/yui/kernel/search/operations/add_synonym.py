"""Makes two words find each other."""

import unicodedata

from django.db.models import Q
from django.utils.translation import gettext as _

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.kernel.search.engine.folding import fold
from yui.kernel.search.errors import SynonymRefused
from yui.kernel.search.models import Synonym

SHORTEST, LONGEST = 2, 60


@operation("search.synonym.add")
def add_synonym(actor: Actor, *, organisation: Organisation, term: str, equivalent: str) -> Synonym:
    """Let a search for one word find the other too, for every ward and from the next search on.

    Args:
        actor: an administrator of the joint body.
        organisation: the joint body whose ledger keeps the deed.
        term: a word of 2–60 characters. One character would find far too much.
        equivalent: a word of the same meaning.

    Raises:
        PermissionRefused: where the actor does not administer the organisation.
        SynonymRefused: where a word is too short or long, both are one word, or the pair is there already.
    """
    require(actor, Verb.ADMINISTER, organisation)
    term, equivalent = (unicodedata.normalize("NFKC", text).strip() for text in (term, equivalent))
    for text in (term, equivalent):
        if not len(fold(text)) >= SHORTEST or len(text) > LONGEST:
            raise SynonymRefused(
                _("言葉は{least}文字から{most}文字までで入れてください。").format(
                    least=SHORTEST, most=LONGEST
                )
            )
    if fold(term) == fold(equivalent):
        raise SynonymRefused(_("検索では、はじめから同じ言葉として扱います。加えなくても見つかります。"))
    same = Q(term=term, equivalent=equivalent) | Q(term=equivalent, equivalent=term)
    if Synonym.objects.filter(same).exists():
        raise SynonymRefused(_("この組み合わせはもうあります。"))
    synonym = Synonym.objects.create(term=term, equivalent=equivalent)
    record(
        organisation,
        subject=urn("search.synonym", synonym.pk),
        summary=f"同義語「{term}」と「{equivalent}」を加えました",
        changes={"語": [None, term], "同じ意味の語": [None, equivalent]},
    )
    return synonym
