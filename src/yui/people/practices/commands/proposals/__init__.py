"""Commands about improvement proposals: ``yui proposals …``."""
