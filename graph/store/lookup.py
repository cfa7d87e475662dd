"""Finding things by what they are called, in the index of a store.

A name fits whole, by its beginning, or by having all the words looked for, each word by its
beginning. Where nothing does, words that no name has are taken for misspelt: the most similar words
that names do have take their place, found by the pieces of three letters that they share. Case,
accents, punctuation and titles around a name do not count.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sinergi.graph.errors import StoreError
from sinergi.graph.labels import bare, normal
from sinergi.graph.results import Found
from sinergi.ontology import concept

LIMIT = 20  # hits, unless said otherwise: a screenful
KINDS = ("agency", "person", "topic", "article", "quote")
"""What is searched, unless said otherwise; of equal fit the first goes first."""
PASSAGES = ("article", "quote")

# Names and passages that are looked at for each way of fitting. A word that more of them have says
# little; a longer look would cost more than the 20 ms that a search may take.
MOST_NAMES, MOST_PASSAGES = 3_000, 200
WORDS = 8  # of a text that are looked for: a longer one is not a name
PIECE = 3  # letters of a piece; SQLite's trigrams
SIMILAR_WORDS, CORRECTIONS = 60, 4  # words compared with a misspelt one, and taken
SIMILARITY = 0.7  # difflib's ratio: one wrong letter in five, two in nine

_WHOLE, _BEGINNING, _WORDS, _PASSAGE, _CORRECTED = range(5)
_END = "\U0010ffff"

_Row = tuple[str, str, str, int]  # kind, thing, label, canonical


class Lookup:
    """The index of one generation, for reading."""

    def __init__(self, path: Path) -> None:
        """Raises StoreError where `path` cannot be read."""
        self._path = path
        # It never changes, so that no lock is needed; the server may ask from several threads.
        uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            self.db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        except sqlite3.OperationalError as error:
            raise StoreError(f"Cannot read {path} ({error}).") from None

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """The rows of an SQL query. Raises StoreError where the file is damaged."""
        try:
            return self.db.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"{self._path} is damaged ({error}); `sinergi optimize --rebuild` makes it anew."
            ) from None

    def called(self, kinds: Sequence[str], name: str) -> list[tuple[str, str, bool]]:
        """What is called `name` but for what does not count: label, thing, whether canonical."""
        found = self._names("normal = ?", [normal(name)], kinds)
        return [(label, thing, bool(canonical)) for _, thing, label, canonical in found]

    def label(self, thing: str) -> str | None:
        """What a thing is called first of all."""
        ((label,),) = self.rows(
            "SELECT MIN(label) FROM name WHERE thing = ? AND canonical", [thing]
        )
        return str(label) if label else None

    def busiest(self, most: int) -> tuple[int, list[tuple[str, str, int]]]:
        """How many agencies were at a meeting, and of those that were at most meetings so many:
        IRI, name, meetings.
        """
        ((agencies,),) = self.rows(
            "SELECT COUNT(DISTINCT agency) FROM attendance "
            "WHERE agency IN (SELECT agency FROM agency)"
        )
        rows = self.rows(
            """
            SELECT iri, (SELECT MIN(label) FROM name WHERE thing = iri AND canonical) AS label, n
            FROM (SELECT agency, COUNT(DISTINCT meeting) AS n FROM attendance
                  WHERE agency IN (SELECT agency FROM agency) GROUP BY agency)
            JOIN node ON node.id = agency ORDER BY n DESC, label, iri LIMIT ?""",
            [most],
        )
        return int(str(agencies)), [(str(i), str(label or i), int(str(n))) for i, label, n in rows]

    def latest_held(self, most: int) -> list[tuple[str, str]]:
        """So many of the meetings that were held last: IRI and day."""
        rows = self.rows(
            """
            SELECT DISTINCT iri, value FROM meeting JOIN node ON node.id = meeting
            WHERE property = 'day' AND meeting IN (
              SELECT meeting FROM meeting WHERE property = 'status' AND value = ?)
            ORDER BY value DESC, iri LIMIT ?""",
            [concept("meeting-status", "held").value, most],
        )
        return [(str(iri), str(day)) for iri, day in rows]

    def agency(self, tail: str) -> str | None:
        """The agency whose IRI ends in `tail`, as "/agency/polres-contoh", under whatever base."""
        some = self.rows("SELECT iri FROM agency JOIN node ON node.id = agency LIMIT 1")
        base = str(some[0][0]).rsplit("/agency/", 1)[0] if some else ""
        found = self.rows("SELECT thing FROM name WHERE thing = ? LIMIT 1", [base + tail])
        return str(found[0][0]) if found else None

    def search(self, text: str, limit: int = LIMIT, kinds: Sequence[str] = KINDS) -> list[Found]:
        """What `text` may mean, the best first: at most `limit` things, each once."""
        order = {kind: place for place, kind in enumerate(kinds)}
        best: dict[str, tuple[tuple[object, ...], Found]] = {}
        # What fits worse cannot displace what is there, and need not be looked for.
        for fit, (kind, thing, label, canonical) in self._fitting(
            text, kinds, lambda: len(best) >= limit
        ):
            rank = (fit, order[kind], not canonical, len(label), label, thing)
            if thing not in best or rank < best[thing][0]:
                best[thing] = rank, Found(kind, thing, label, label)
        ranked = sorted(best.values(), key=lambda item: item[0])[:limit]
        return [self._named(found) for _, found in ranked]

    def _fitting(
        self, text: str, kinds: Sequence[str], enough: Callable[[], bool]
    ) -> Iterator[tuple[int, _Row]]:
        names = [kind for kind in kinds if kind not in PASSAGES]
        wanted = ""
        for wanted in dict.fromkeys((normal(text), normal(bare(text)))):
            words = wanted.split()[:WORDS]
            if not words:
                return
            found = False
            for hit in self._by_names(wanted, words, names, enough) if names else ():
                found = True
                yield hit
            if found:
                break
        else:
            corrected = [self._alternatives(word) for word in words]
            if names and any(len(others) > 1 for others in corrected):
                for row in self._with_words(_any(corrected), names):
                    yield _CORRECTED, row
        if not enough() and (passages := [kind for kind in kinds if kind in PASSAGES]):
            for row in self._passages(words, passages):
                yield _PASSAGE, row

    def _by_names(
        self,
        wanted: str,
        words: Sequence[str],
        kinds: Sequence[str],
        enough: Callable[[], bool],
    ) -> Iterator[tuple[int, _Row]]:
        for row in self._names("normal = ?", [wanted], kinds):
            yield _WHOLE, row
        for row in self._names("normal > ? AND normal < ?", [wanted, wanted + _END], kinds):
            yield _BEGINNING, row
        if not enough():
            for row in self._with_words(_all(words), kinds):
                yield _WORDS, row

    def _names(self, where: str, values: list[str], kinds: Sequence[str]) -> Iterable[_Row]:
        return self.rows(  # type: ignore[return-value]
            f"SELECT kind, thing, label, canonical FROM name WHERE {where} "
            f"AND kind IN ({_marks(kinds)}) LIMIT {MOST_NAMES}",
            [*values, *kinds],
        )

    def _with_words(self, match: str, kinds: Sequence[str]) -> Iterable[_Row]:
        return self._names(
            f"id IN (SELECT rowid FROM name_words WHERE name_words MATCH ? LIMIT {MOST_NAMES})",
            [match],
            kinds,
        )

    def _passages(self, words: Sequence[str], kinds: Sequence[str]) -> Iterable[_Row]:
        return self.rows(  # type: ignore[return-value]
            "SELECT kind, thing, label, 1 FROM passage WHERE id IN (SELECT rowid FROM "
            f"passage_words WHERE passage_words MATCH ? LIMIT {MOST_PASSAGES}) "
            f"AND kind IN ({_marks(kinds)})",
            [_all(words), *kinds],
        )

    def _alternatives(self, word: str) -> list[str]:
        """Words of names that may be meant by `word`: itself, or the most similar ones."""
        if self.rows(
            "SELECT 1 FROM word WHERE word >= ? AND word < ? LIMIT 1", [word, word + _END]
        ):
            return [word]
        pieces = {word[i : i + PIECE] for i in range(len(word) - PIECE + 1)}
        if not pieces:
            return [word]
        match = " OR ".join(f'"{piece}"' for piece in sorted(pieces))
        near = self.rows(
            f"SELECT word FROM word_pieces WHERE word_pieces MATCH ? "
            f"ORDER BY rank LIMIT {SIMILAR_WORDS}",
            [match],
        )
        similar = difflib.get_close_matches(
            word, [str(other) for (other,) in near], CORRECTIONS, SIMILARITY
        )
        return [word, *similar]

    def _named(self, found: Found) -> Found:
        """With the canonical label of the thing."""
        if found.kind not in PASSAGES:
            return replace(found, label=self.label(found.thing) or found.label)
        titles = self.rows(
            "SELECT MIN(label) FROM passage WHERE thing = ? AND kind = 'article'", [found.thing]
        )
        return replace(found, label=str(titles[0][0] or found.label))


def _all(words: Sequence[str]) -> str:
    """Every word, by its beginning, as FTS5 has it; they are letters and digits only."""
    return " ".join(f'"{word}"*' for word in words)


def _any(alternatives: Iterable[Sequence[str]]) -> str:
    """Of every word one of its alternatives."""
    return " AND ".join(
        "(" + " OR ".join(f'"{word}"*' for word in words) + ")" for words in alternatives
    )


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
