"""Read endpoints of improvement proposals."""

from ninja import Router

router = Router()
