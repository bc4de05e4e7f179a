"""The clock over improvement proposals."""
