"""The only door for other rooms: official codes, the records that theirs may point at, numbers of staff."""

from yui.organisations.models import Department, Membership, StaffCount, User
from yui.organisations.official_codes import (
    ORGANISATIONS,
    SECRETARIAT_CODE,
    TILES,
    WARDS,
    is_valid_code,
    with_check_digit,
)
from yui.organisations.operations.record_staff_count import record_staff_count

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
    "record_staff_count",
    "with_check_digit",
]
