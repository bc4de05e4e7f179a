"""Read endpoints of good practices."""

from ninja import Router

router = Router()
