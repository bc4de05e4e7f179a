"""MITRE ATT&CK: the enterprise tactics and techniques by their public ids, as a small table of our own.

Source: MITRE ATT&CK, ids and names of Enterprise techniques as of version 18, with the division of the tactic
Defense Evasion into Stealth and Defense Impairment of version 19. ATT&CK is a trademark of The MITRE
Corporation. Rules of either version are placed: ids that version 19 withdrew lead to their successors.
"""

from yui.security.soc.engine.attack.matrix import TACTICS, Tactic, Technique, parent_of, technique, techniques

__all__ = ["TACTICS", "Tactic", "Technique", "parent_of", "technique", "techniques"]
