"""The panels of the four views: a chart, its finding in one sentence, its sources and its date."""
