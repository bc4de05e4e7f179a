"""Remembers, within one operation, whether permission was checked."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Checkpoint:
    """What the running operation has done so far of what every operation must do."""

    verb: str
    checked: bool = False
    recorded: bool = False


current_checkpoint: ContextVar[Checkpoint | None] = ContextVar("current_checkpoint", default=None)


def mark_checked() -> None:
    """Note that the running operation has checked permission."""
    checkpoint = current_checkpoint.get()
    if checkpoint is not None:
        checkpoint.checked = True
