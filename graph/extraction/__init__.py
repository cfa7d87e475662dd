"""One article -> what it states of officials, meetings and statements, each with its spans.

1. text: tokens, sentences, quotations          4. persons: who is who, who holds what
2. mentions: posts, organizations, names        5. meetings: who met whom, when, about what
3. dates                                        6. statements, glosses

A grammar with tables, deterministic and linear in the text; nothing is taken from outside the
article but the registry's general knowledge of agencies, posts, ranks and regions.
"""

from __future__ import annotations

from sinergi.graph.extraction.cues import cues_by_sentence
from sinergi.graph.extraction.dates import find_dates
from sinergi.graph.extraction.glosses import find_glosses
from sinergi.graph.extraction.lexicon import lexicon_of
from sinergi.graph.extraction.meetings import MeetingReader
from sinergi.graph.extraction.mentions import find_mentions
from sinergi.graph.extraction.persons import find_holdings, find_persons, to_officials
from sinergi.graph.extraction.statements import find_statements
from sinergi.graph.extraction.text import Document
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry


def extract(article: Article, registry: Registry | None = None) -> Extraction:
    """What `article` states, by the contract of `Extraction.to_json`.

    Total: any text gives an Extraction, one without news an empty one.
    """
    lexicon = lexicon_of(registry or Registry.load())
    doc = Document(article, lexicon.language)  # 1
    if not doc.sentences:
        return Extraction(article)
    title = Document(Article(article.id, "", article.title, article.published), lexicon.language)
    mentions = find_mentions(doc, title, lexicon)  # 2
    dates = find_dates(doc)  # 3
    persons, at = find_persons(mentions)  # 4
    find_holdings(mentions, persons, at)
    officials = to_officials(mentions, persons)
    cues = cues_by_sentence(doc, lexicon)
    meetings = MeetingReader(mentions, title, persons, at, dates, cues, lexicon).read()  # 5
    statements = find_statements(mentions, persons, at, cues)  # 6
    return Extraction(article, officials, meetings, statements, find_glosses(mentions, lexicon))
