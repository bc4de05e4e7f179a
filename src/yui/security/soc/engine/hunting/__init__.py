"""The language in which analysts ask for events: text to a frozen tree, nothing else."""
