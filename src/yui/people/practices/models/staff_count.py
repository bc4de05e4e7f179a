"""職員数, kept with the organisations since other rooms count per 100 staff too."""

from yui.organisations.public import StaffCount

__all__ = ["StaffCount"]
