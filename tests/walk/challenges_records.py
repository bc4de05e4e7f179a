"""A challenge and an initiative that only their ward sees, with evidence and an arrow between them."""

from yui.governance.challenges.facts import ChallengeFacts, Ends, EvidenceFacts, InitiativeFacts, LinkFacts
from yui.governance.challenges.operations import link, save_challenge, save_evidence, save_initiative
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

ADDRESSES = {
    "challenges:challenge.pk": "challenge",
    "challenges:challenge-edit.pk": "challenge",
    "challenges:challenge-evidence-new.pk": "challenge",
    "challenges:challenge-evidence-remove.pk": "challenge_evidence",
    "challenges:challenge-evidence.pk": "challenge_evidence",
    "challenges:challenge-state.pk": "challenge",
    "challenges:initiative.pk": "initiative",
    "challenges:initiative-edit.pk": "initiative",
    "challenges:initiative-evidence-new.pk": "initiative",
    "challenges:initiative-evidence-remove.pk": "initiative_evidence",
    "challenges:initiative-evidence.pk": "initiative_evidence",
    "challenges:link.pk": "challenge_link",
    "challenges:link-remove.pk": "challenge_link",
}
"""Parameters of addresses that name a record, with the key of the record."""
OTHERS = {
    "api:get_logic_model.pillar": "2",
    "challenges:link-new.pillar": "2",
    "challenges:model-file.file_format": "xlsx",
    "challenges:model-file.pillar": "2",
    "challenges:model.pillar": "2",
}
"""Parameters that name no record, with their values."""


def make_challenges_records(ward: Organisation, secret: str, actor: Actor) -> dict[str, int | str]:
    """Make a challenge and an initiative whose every text holds the secret."""
    challenge = save_challenge(
        actor,
        organisation=ward,
        facts=ChallengeFacts(
            "own", f"{secret}の課題", "residents", (2,), secret, secret, f"{secret} challenge", "own"
        ),
    )
    initiative = save_initiative(
        actor,
        organisation=ward,
        facts=InitiativeFacts("own", 2, f"{secret}の取組", secret, secret, secret, visibility="own"),
    )
    evidence = EvidenceFacts(
        "report", f"{secret}の根拠", secret, secret, secret, f"https://{secret}.example/"
    )
    of_challenge = save_evidence(actor, of=challenge, facts=evidence)
    of_initiative = save_evidence(actor, of=initiative, facts=evidence)
    why = LinkFacts(f"{secret}の理由", "opinion", secret)
    drawn = link(actor, organisation=ward, ends=Ends(challenge.pk, initiative.pk), facts=why)
    link(actor, organisation=ward, ends=Ends(initiative=initiative.pk, target="2-KPI-3"), facts=why)
    return {
        "challenge": challenge.pk,
        "challenge_evidence": of_challenge.pk,
        "challenge_link": drawn.pk,
        "initiative": initiative.pk,
        "initiative_evidence": of_initiative.pk,
    }
