"""Votes that name nobody: a keyed digest stands for a person, another one for each proposal.

The digest is HMAC-SHA-256 over the person's number, keyed with a key that is derived from the installation's
secret and the proposal. The database alone tells neither who voted, nor whether two votes for two proposals
came from the same person. Only a process that holds the secret can tell whether a *given* person has voted,
which is what it takes to count everybody once; no page, command or interface asks it for anybody but the
person who is signed in. After a change of the secret, votes under the fallback secrets
(``SECRET_KEY_FALLBACKS``) are still recognised.
"""

import hmac
from collections.abc import Iterable
from hashlib import blake2b

from django.conf import settings

from yui.people.practices.models import Proposal, ProposalVote

_PURPOSE = b"proposal-vote"
WHY = "a vote belongs to nobody: it is found by its digest alone"


def digest_of(secret: str, proposal_id: int, user_id: int) -> str:
    """Return what stands for a person's vote for a proposal, in hexadecimal."""
    key = blake2b(str(proposal_id).encode(), key=blake2b(secret.encode()).digest(), person=_PURPOSE).digest()
    return hmac.new(key, str(user_id).encode(), "sha256").hexdigest()


def digests_of(proposal_id: int, user_id: int) -> list[str]:
    """Return the digests that a person's vote may have: by the present secret first, then by earlier ones."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [digest_of(str(secret), proposal_id, user_id) for secret in secrets]


def has_voted(proposal: Proposal, user_id: int | None) -> bool:
    """Return whether the person who asks has voted for a proposal."""
    if user_id is None:
        return False
    votes = ProposalVote.objects.unscoped(WHY).filter(proposal=proposal)
    return bool(votes.filter(digest__in=digests_of(proposal.pk, user_id)).exists())


def translated_votes(source: Proposal, target: Proposal, people: Iterable[int]) -> list[ProposalVote]:
    """Return the votes of ``source`` as votes for ``target``, those that it has already left out.

    Whether each of the ``people`` has voted is worked out in memory and kept nowhere.
    """
    of_source = _digests(source)
    of_target = _digests(target)
    found = []
    for user_id in people:
        voted = not of_source.isdisjoint(digests_of(source.pk, user_id))
        if voted and of_target.isdisjoint(digests_of(target.pk, user_id)):
            found.append(
                ProposalVote(digest=digest_of(settings.SECRET_KEY, target.pk, user_id), proposal=target)
            )
    return sorted(found, key=lambda vote: vote.digest)


def _digests(proposal: Proposal) -> frozenset[str]:
    votes = ProposalVote.objects.unscoped(WHY).filter(proposal=proposal)
    return frozenset(votes.values_list("digest", flat=True))
