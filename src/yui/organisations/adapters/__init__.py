"""Where django-allauth asks Yui: accounts, organisations' own providers, second factors."""

from yui.organisations.adapters.account import AccountAdapter
from yui.organisations.adapters.provider import ProviderAdapter
from yui.organisations.adapters.second_factor import SecondFactorAdapter

__all__ = ["AccountAdapter", "ProviderAdapter", "SecondFactorAdapter"]
