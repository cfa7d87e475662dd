"""Why the graph says what it says: one article with everything that was read in it marked.

`explain` gathers what an extraction states by the words that it rests on, and on request what led
to it; `write_text` and `write_page` show it.
"""

from __future__ import annotations

from sinergi.graph.explanation.marks import KINDS, Claim, Explanation, Note, explain
from sinergi.graph.explanation.page import render_page, write_page
from sinergi.graph.explanation.rules import Rule, find_rules
from sinergi.graph.explanation.terminal import render_text

__all__ = [
    "KINDS",
    "Claim",
    "Explanation",
    "Note",
    "Rule",
    "explain",
    "find_rules",
    "render_page",
    "render_text",
    "write_page",
]
