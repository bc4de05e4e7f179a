"""What was wrong with a pair of words."""

from django.core.exceptions import ValidationError


class SynonymRefused(ValidationError):
    """The pair of words cannot be taken; the message says why and what to do."""
