"""The HTTP API of the SOC."""

from ninja import Router

from yui.security.soc.api_alerts import router as alerts
from yui.security.soc.api_hunts import router as hunts
from yui.security.soc.api_incidents import router as incidents
from yui.security.soc.api_rules import router as rules

router = Router()
router.add_router("/soc", alerts)
router.add_router("/soc", hunts)
router.add_router("/soc", incidents)
router.add_router("/soc", rules)
