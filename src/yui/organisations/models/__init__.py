"""People and the places they work in; one aggregate per file."""

from yui.organisations.models.department import Department
from yui.organisations.models.identity_provider import IdentityProvider
from yui.organisations.models.membership import Membership
from yui.organisations.models.session_record import SessionRecord
from yui.organisations.models.staff_count import StaffCount
from yui.organisations.models.user import User

__all__ = ["Department", "IdentityProvider", "Membership", "SessionRecord", "StaffCount", "User"]
