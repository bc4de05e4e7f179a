"""Figures of good practices that indicators may read."""
