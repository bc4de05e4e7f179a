"""The same sign in several wards: found, weighed, and told to others without naming the victim.

``keys.keys_of`` names the signs of an alert, ``correlator.JointCorrelator`` weighs them, ``sightings`` says
what other wards may see. ``docs/correlation.md`` gives the statistic.
"""
