"""報告の下書き: papers to authorities as PDF, Word and Excel, filled from what the incident's record holds.

Papers are Japanese: that is what the authorities read. What is not known says 調査中.
"""

from yui.security.soc.formats.papers.facts import PaperFacts, SystemRow, TimeRow, facts_sha256
from yui.security.soc.formats.papers.layouts import paper_of
from yui.security.soc.formats.papers.paper import UNKNOWN, Paper, Row, Section
from yui.security.soc.formats.papers.paper_docx import paper_docx
from yui.security.soc.formats.papers.paper_pdf import paper_pdf
from yui.security.soc.formats.papers.paper_xlsx import paper_xlsx

__all__ = [
    "UNKNOWN",
    "Paper",
    "PaperFacts",
    "Row",
    "Section",
    "SystemRow",
    "TimeRow",
    "facts_sha256",
    "paper_docx",
    "paper_of",
    "paper_pdf",
    "paper_xlsx",
]
