"""The only door for other rooms: official codes, and the records that theirs may point at."""

from yui.organisations.models import Department, Membership, StaffCount, User
from yui.organisations.official_codes import (
    ORGANISATIONS,
    SECRETARIAT_CODE,
    TILES,
    WARDS,
    is_valid_code,
    with_check_digit,
)

__all__ = [
    "ORGANISATIONS",
    "SECRETARIAT_CODE",
    "TILES",
    "WARDS",
    "Department",
    "Membership",
    "StaffCount",
    "User",
    "is_valid_code",
    "with_check_digit",
]
