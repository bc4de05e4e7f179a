"""The only door for other rooms: official codes, records to point at, people as actors, numbers of staff."""

from yui.organisations.actors import actor_of as actor_of_user
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
    "actor_of_user",
    "is_valid_code",
    "record_staff_count",
    "with_check_digit",
]
