"""Figures of improvement proposals that indicators may read."""
