"""Abbreviations that the text explains itself: 'Balai Pemasyarakatan (Bapas)'.

The text's own reading stands, also where the registry's is another.
"""

from __future__ import annotations

from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.mentions import Mentions
from sinergi.graph.model import Gloss


def find_glosses(mentions: Mentions, lexicon: Lexicon) -> tuple[Gloss, ...]:
    """Glosses of posts and agencies in the order of the text."""
    doc = mentions.doc
    found: dict[tuple[str, str], Gloss] = {}
    for post in mentions.posts:
        if post.gloss is None:
            continue
        span = doc.span(post.first, post.last)
        registry = lexicon.expand_post(post.gloss)
        if registry == post.title:
            registry = post.label  # 'Kalapas' is 'Kepala', of the agency that the text adds
        found.setdefault((post.gloss, post.label), Gloss(post.gloss, post.label, registry, (span,)))
    for org in mentions.orgs:
        if org.gloss is None or org.last <= org.first:
            continue
        span = doc.span(org.first, org.last)
        text = span.quote.split("(")[0].strip()
        registry = lexicon.expand_agency(org.gloss)
        found.setdefault((org.gloss, text), Gloss(org.gloss, text, registry, (span,)))
    return tuple(sorted(found.values(), key=lambda g: g.spans))
