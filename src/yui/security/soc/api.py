"""The HTTP API of the SOC."""

from ninja import Router

from yui.security.soc.api_alerts import router as alerts

router = Router()
router.add_router("/soc", alerts)
