"""The HTTP API of good practices and improvement proposals."""

from ninja import Router

from yui.people.practices.api_practices import router as practices
from yui.people.practices.api_proposals import router as proposals

router = Router()
router.add_router("/practices", practices)
router.add_router("/proposals", proposals)
