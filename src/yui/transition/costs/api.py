"""The room's part of the API."""

from ninja import Router

from yui.transition.costs.api_allocation import router as allocation

router = Router()
router.add_router("", allocation)
