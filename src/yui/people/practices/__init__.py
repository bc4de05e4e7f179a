"""グッドプラクティスと改善提案: what works, where it spread, and what could be better."""
