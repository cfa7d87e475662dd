"""Suppressions at work: which articles go, which persons, and what is left of what names them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any, TypeVar

from sinergi.graph.labels import bare
from sinergi.graph.model import (
    Article,
    Decision,
    Extraction,
    Join,
    Links,
    Meeting,
    Official,
    Participation,
    Replacement,
    Resolution,
    Span,
    Suppression,
)
from sinergi.graph.resolution.names import Name, parse
from sinergi.graph.suppression.file import is_iri, names_person
from sinergi.graph.suppression.redaction import Redactor, same_name
from sinergi.ontology import Iris

Record = TypeVar("Record")

# What is written in an article's words; names of people and institutions are told apart before.
_TEXTS = frozenset({"abbreviation", "label", "place", "post", "post_label", "text", "title"})


class Suppressor:
    """Suppressions, ready to be put into force."""

    def __init__(self, suppressions: Iterable[Suppression], iris: Iris | None = None) -> None:
        """`iris` says how the IRIs that are suppressed begin."""
        self._iris = iris or Iris()
        self._all = tuple(sorted(set(suppressions)))
        self._name_of = {s: parse(bare(s.subject)) for s in self._all if not is_iri(s.subject)}
        self._named: dict[str, list[Suppression]] = defaultdict(list)  # by sounds of the name
        for suppression, name in self._name_of.items():
            for sounds in _sounds(name):
                self._named[sounds].append(suppression)
        self._articles = {
            s.subject.rstrip("/"): s for s in self._all if not names_person(s.subject)
        }
        self.alone = Hidden(tuple(self._name_of.values()))
        """What to take out of single articles, of which nobody has resolved who is who: the names;
        IRIs of persons mean nothing there."""

    def __bool__(self) -> bool:
        return bool(self._all)

    def drops(self, article: Article) -> bool:
        """Whether an article goes whole."""
        return bool(self._articles) and not self._articles.keys().isdisjoint(self._of(article))

    def apart(self, extractions: Iterable[Extraction]) -> tuple[list[Extraction], list[Article]]:
        """What stays of articles, and those that go whole."""
        kept: list[Extraction] = []
        dropped: list[Article] = []
        for extraction in extractions:
            if self.drops(extraction.article):
                dropped.append(extraction.article)
            else:
                kept.append(extraction)
        return kept, dropped

    def of(self, resolution: Resolution, dropped: Collection[Article] = ()) -> Hidden:
        """What to take out of the articles that were resolved; `dropped` are the others."""
        if not self:
            return self.alone
        forms: dict[str, set[str]] = {
            key: {person.name, *person.aliases} for key, person in resolution.persons.items()
        }
        for links in resolution.links.values():
            for name, key in links.persons.items():
                forms[key].add(name)
        found = self._by_iri(resolution)
        meant = {key for keys in found.values() for key in keys}
        for key, written in forms.items():
            for suppression in self._by_name(resolution.persons[key].name, written):
                found[suppression].add(key)
        keys = {key for those in found.values() for key in those}
        # A name that nobody else bears goes wherever it stands; one that others have, too, only
        # where the person meant is named.
        others: dict[str, set[Name]] = defaultdict(set)
        for key in forms.keys() - keys:
            for other in map(parse, forms[key]):
                for sounds in _sounds(other):
                    others[sounds].add(other)
        sole = [
            name
            for name in (parse(resolution.persons[key].name) for key in sorted(meant))
            if not any(same_name(name, o) for sounds in _sounds(name) for o in others[sounds])
        ]
        works = {s for s, those in found.items() if those}
        works |= {self._articles[a] for d in dropped for a in self._of(d) if a in self._articles}
        return Hidden(
            names=(*self._name_of.values(), *sole),
            forms={key: frozenset(forms[key]) for key in sorted(keys)},
            mentions={
                article: frozenset(name for name, key in links.persons.items() if key in keys)
                for article, links in resolution.links.items()
            },
            dropped=frozenset(article.id for article in dropped),
            idle=tuple(s for s in self._all if s not in works),
        )

    def _of(self, article: Article) -> tuple[str, str]:
        return self._iris.article(article.id).value, (article.url or "").rstrip("/")

    def _by_iri(self, resolution: Resolution) -> dict[Suppression, set[str]]:
        """The keys of the persons that are suppressed by IRI, former IRIs included."""
        found: dict[Suppression, set[str]] = defaultdict(set)
        wanted = {s.subject: s for s in self._all if is_iri(s.subject) and names_person(s.subject)}
        if wanted:
            now = {key: key for key in resolution.persons}
            now |= {r.old: r.key for r in resolution.replaced if r.kind == "person"}
            for old, key in now.items():
                if suppression := wanted.get(self._iris.person(old).value):
                    found[suppression].add(key)
        return found

    def _by_name(self, name: str, forms: Collection[str]) -> set[Suppression]:
        """The suppressions of a name that a person bears; one of a single part is not meant by
        the short form of a longer one."""
        return {
            suppression
            for form in forms
            for sounds in _sounds(parse(form))
            for suppression in self._named.get(sounds, ())
            if same_name(self._name_of[suppression], parse(form))
            and (self._name_of[suppression].solid > 1 or form == name)
        }


@dataclass(frozen=True)
class Hidden:
    """Names and persons to take out of what articles state and of what was resolved."""

    names: Sequence[Name] = ()  # to go wherever they stand
    forms: Mapping[str, Collection[str]] = field(default_factory=dict)  # of the persons' keys
    # By article the names of those persons; None where nobody has resolved who is who.
    mentions: Mapping[str, Collection[str]] | None = None
    dropped: Collection[str] = ()  # ids of articles
    idle: Sequence[Suppression] = ()
    """Those that take out no article, and nobody who is named in an office or at a meeting."""

    def __bool__(self) -> bool:
        return bool(self.names or self.forms or self.dropped)

    def extraction(self, extraction: Extraction, *, rename: bool = True) -> Extraction:
        """`extraction` without what it states of those who are hidden, their names masked.

        Who they are in each article, and what only they did or said, goes; a meeting stays with
        the institutions that met. The very same is given back where nothing of it is hidden.
        With `rename` an article whose id has a name in it gets another one.
        """
        if not self:
            return extraction
        article = extraction.article
        gone = {name for name in _persons(extraction) if self._is_hidden(article.id, name)}
        names, parts = set(self.names), set[str]()
        for official in extraction.officials:
            if official.person in gone:
                gone |= {*official.aliases}
        for form in gone | self._forms_in(article.id):
            name = parse(form)
            parts.update(name.solid_keys)
            if name.solid > 1:
                names.add(name)
        kept = _persons(extraction) - gone
        kept |= {name for name in _organizations(extraction) if not self._is_name(name)}
        for official in extraction.officials:
            if official.person not in gone:
                kept.update(official.aliases)
        long = {form for form in gone if parse(form).solid > 1}
        redactor = Redactor(names, parts, kept, long)
        masked = self._article(article, redactor, rename)
        if masked is article and not gone:
            return extraction
        return Extraction(
            masked,
            officials=tuple(
                _redacted(o, redactor, masked.text)
                for o in extraction.officials
                if o.person not in gone and not self._is_name(o.organization)
            ),
            meetings=tuple(
                _redacted(self._meeting(m, gone, kept), redactor, masked.text)
                for m in extraction.meetings
            ),
            statements=tuple(
                _redacted(s, redactor, masked.text)
                for s in extraction.statements
                if s.speaker not in gone and not self._is_name(s.organization)
            ),
            glosses=tuple(_redacted(g, redactor, masked.text) for g in extraction.glosses),
        )

    def decisions(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Those that are on nobody and nothing hidden."""
        return [d for d in decisions if not self._hides(d.left) and not self._hides(d.right)]

    def resolution(self, resolution: Resolution) -> Resolution:
        """`resolution` without those who are hidden, for articles that `extraction` has changed."""
        if not self:
            return resolution
        agencies = {
            key: agency
            for key, agency in resolution.agencies.items()
            if not any(map(self._is_name, (agency.name, *agency.aliases)))
        }
        gone = {("person", key) for key in self.forms}
        gone |= {("agency", key) for key in resolution.agencies.keys() - agencies.keys()}
        forms = {parse(form) for written in self.forms.values() for form in written}
        redactor = Redactor([*self.names, *(name for name in forms if name.solid > 1)])
        id_of = {old: self._id(old, self._redactor_of_id(old)) for old in resolution.links}

        def is_kept(item: Join | Replacement) -> bool:
            if isinstance(item, Join):
                return (item.left.partition(":")[0], item.thing) not in gone
            return (item.kind, item.key) not in gone

        def mention(text: str) -> str:
            kind, article, tail = _parted(text)
            return text if article is None else f"{kind}:{id_of.get(article, article)}{tail}"

        def thing(key: str, of: str) -> str:
            return id_of.get(key, key) if of.startswith("article:") else key

        return Resolution(
            agencies=agencies,
            persons={k: p for k, p in resolution.persons.items() if k not in self.forms},
            links={
                id_of[article]: Links(
                    {n: key for n, key in links.persons.items() if key not in self.forms},
                    {n: key for n, key in links.agencies.items() if key in agencies},
                    links.meetings,
                )
                for article, links in resolution.links.items()
            },
            duplicates={id_of[a]: id_of[b] for a, b in resolution.duplicates.items()},
            joins=tuple(
                replace(
                    join,
                    thing=thing(join.thing, join.left),
                    left=mention(join.left),
                    right=mention(join.right),
                    why=redactor.redact(join.why),
                )
                for join in filter(is_kept, resolution.joins)
            ),
            decisions={
                replace(
                    decision,
                    left=mention(decision.left),
                    right=mention(decision.right),
                    reason=redactor.redact(decision.reason),
                    reviewer=redactor.redact(decision.reviewer),
                ): tuple(thing(key, decision.left) for key in resolution.decisions[decision])
                for decision in self.decisions(resolution.decisions)
            },
            refusals=tuple(
                replace(refusal, why=redactor.redact(refusal.why))
                for refusal in resolution.refusals
                if self.decisions([refusal.decision])
            ),
            replaced=tuple(filter(is_kept, resolution.replaced)),
            candidates=tuple(
                replace(
                    candidate,
                    left=mention(candidate.left),
                    right=mention(candidate.right),
                    why=redactor.redact(candidate.why),
                )
                for candidate in resolution.candidates
                if gone.isdisjoint((candidate.kind, k) for k in (candidate.one, candidate.other))
            ),
        )

    # Of one article ------------------------------------------------------------------------------

    def _is_hidden(self, article: str, name: str) -> bool:
        if self.mentions is None:
            return self._is_name(name)
        return name in self.mentions.get(article, ())

    def _is_name(self, text: str | None) -> bool:
        """Whether a text is no more than a name that goes wherever it stands."""
        return bool(text) and any(same_name(name, parse(text or "")) for name in self.names)

    def _forms_in(self, article: str) -> set[str]:
        """Every form of the names of the persons who are hidden in an article."""
        here = (self.mentions or {}).get(article, ())
        return {
            form
            for written in (self.forms.values() if here else ())
            if not set(written).isdisjoint(here)
            for form in written
        }

    def _article(self, article: Article, redactor: Redactor, rename: bool) -> Article:
        """`article` with names masked; an address that has one in it goes."""
        publisher = article.publisher
        masked = replace(
            article,
            id=self._id(article.id, redactor) if rename else article.id,
            title=redactor.redact(article.title),
            text=redactor.redact(article.text),
            publisher=redactor.redact(publisher) if publisher else publisher,
            url=None if _in_address(article.url, redactor) else article.url,
        )
        return article if masked == article else masked

    def _redactor_of_id(self, article: str) -> Redactor:
        forms = {parse(form) for form in self._forms_in(article)}
        return Redactor([*self.names, *(name for name in forms if name.solid > 1)])

    def _id(self, id: str, redactor: Redactor) -> str:
        """An article's id; one with a name in it, as the name of a file may be, becomes a hash."""
        if not _in_address(id, redactor):
            return id
        return f"article-{hashlib.sha256(id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def _meeting(self, meeting: Meeting, gone: Collection[str], kept: Collection[str]) -> Meeting:
        agreement = meeting.agreement

        def named(text: str | None) -> bool:
            return text in gone or (text not in kept and self._is_name(text))

        return replace(
            meeting,
            organizations=tuple(p for p in meeting.organizations if not named(p.organization)),
            participants=tuple(
                replace(
                    p,
                    organization=None if named(p.organization) else p.organization,
                    accompanies=None if named(p.accompanies) else p.accompanies,
                    represents=None if named(p.represents) else p.represents,
                )
                for p in meeting.participants
                if p.person not in gone
            ),
            agreement=agreement
            and replace(agreement, parties=tuple(p for p in agreement.parties if not named(p))),
        )

    # Mentions ------------------------------------------------------------------------------------

    def _hides(self, mention: str) -> bool:
        """Whether a mention, written as in a decision, is of somebody or something hidden."""
        kind, article, tail = _parted(mention)
        if article is None:
            return self._is_name(tail)
        if kind != "person" or article in self.dropped:
            return article in self.dropped
        return self._is_hidden(article, tail[1:]) or self._is_name(tail[1:])


def _parted(mention: str) -> tuple[str, str | None, str]:
    """Kind, article and the rest of a mention as decisions write it; an agency's is its name."""
    kind, _, rest = mention.partition(":")
    if kind == "agency":
        return kind, None, rest
    mark = {"person": "#", "meeting": "@"}.get(kind)
    article, mark, tail = rest.rpartition(mark) if mark else (rest, "", "")
    return kind, article, mark + tail


def _in_address(text: str | None, redactor: Redactor) -> bool:
    """Whether a name is part of an address or an id, where hyphens and the like part words."""
    return redactor.finds((text or "").replace("-", " ").replace("_", " ").replace("%20", " "))


def _redacted(record: Record, redactor: Redactor, text: str) -> Record:
    """A record with the texts in it masked, and its quotes as `text` now has them."""
    if isinstance(record, Span):
        quote = text[record.start : record.end]
        return replace(record, quote=quote) if quote else record
    if isinstance(record, tuple):
        return tuple(_redacted(item, redactor, text) for item in record)  # type: ignore[return-value]
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed: dict[str, Any] = {}
    for name in (f.name for f in fields(record)):
        value = getattr(record, name)
        if isinstance(value, str):
            changed[name] = redactor.redact(value) if name in _TEXTS else value
        else:
            changed[name] = _redacted(value, redactor, text)
    return replace(record, **changed)


def _sounds(name: Name) -> set[str]:
    """What a name is found by: the sound of each part that tells, and of the whole."""
    return {*name.solid_keys, "".join(name.keys)}


def _persons(extraction: Extraction) -> set[str]:
    """Every name of a person in what an article states."""
    found = {o.person for o in extraction.officials}
    found.update(s.speaker for s in extraction.statements if s.speaker)
    for meeting in extraction.meetings:
        found.update(p.person for p in meeting.participants)
        found.update(p.accompanies for p in meeting.participants if p.accompanies)
    return found


def _organizations(extraction: Extraction) -> set[str]:
    """Every name of an institution in it."""
    stated: list[Official | Participation] = list(extraction.officials)
    found = {s.organization for s in extraction.statements}
    for meeting in extraction.meetings:
        stated += meeting.participants
        found.update(p.organization for p in meeting.organizations)
        if meeting.agreement:
            found.update(meeting.agreement.parties)
    found.update(record.organization for record in stated)
    return {name for name in found if name}
