"""How records of the room are named elsewhere."""

CHALLENGE, INITIATIVE, LINK = "challenges.challenge", "challenges.initiative", "challenges.link"
