"""FollowTheMoney entities, one to a line, as Aleph and OpenSanctions' tools read them.

| of the graph  | entity                                                                          |
|---------------|---------------------------------------------------------------------------------|
| agency        | PublicBody, Company or Organization, by the form of its kind in the registry    |
| post          | Position                                                                        |
| official      | Person                                                                          |
| office held   | Occupancy; Membership where no article says the post                            |
| meeting       | Event, with who was there as `organizer` and `involved`                         |
| participation | UnknownLink to the Event: it has the role, the post and the quote               |
| standing under | UnknownLink between the two agencies                                           |
| change        | Succession                                                                      |
| article       | Article: the `proof` of what rests on it                                        |

`summary` holds the quotes, `proof`, `sourceUrl` and `publisher` the articles, `recordId` or `notes`
the IRI. Nobody is called a politically exposed person (topic role.pep): that is a judgement of law,
and that an article says who held a post on a day does not make it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TextIO

from sinergi.graph.exports.entities import (
    Agency,
    Agreement,
    Article,
    Change,
    Concept,
    Entity,
    Evidences,
    Labels,
    Meeting,
    Membership,
    Official,
    Participation,
    Post,
    Source,
    outermost,
)
from sinergi.ontology import slug

COUNTRY = "id"
# Of the state, but not always of ours.
_ABROAD = frozenset({"kedutaan", "konsulat", "parlemen-asing"})
_SCHEMAS = {"state": "PublicBody", "bank": "Company", "company": "Company"}  # by form
_TOPICS = {"bank": "fin.bank", "party": "pol.party", "religious": "rel", "state": "gov"}
_STATE_TOPICS = {"keamanan": "gov.security", "legislatif": "gov.legislative", "pertahanan": "mil"}

# What FollowTheMoney takes of one value; longer ones would be thrown away as a whole.
_MOST = {"name": 384, "alias": 384, "weakAlias": 384, "summary": 65_000, "description": 65_000}
_MOST_OF_STRINGS = 1024
_SLUG, _DIGEST = 100, 12  # of an id, which may have 200 characters

Values = str | None | Iterable[str | None]
Line = dict[str, Any]


class FtmExport:
    """JSON Lines. `forms` goes from a kind of agency to its form: state, company, party ..."""

    def __init__(self, stream: TextIO, forms: Mapping[str, str]) -> None:
        self._stream = stream
        self._forms = forms
        self._label = Labels()
        self._of: dict[type, Callable[[Any], Iterator[Line]]] = {
            Agency: self._agency,
            Change: _change,
            Post: self._post,
            Official: _official,
            Membership: _membership,
            Meeting: self._meeting,
            Article: _article,
        }

    def write(self, item: Entity) -> None:
        if isinstance(item, Concept):
            self._label.add(item)
        elif kind := self._of.get(type(item)):
            for line in kind(item):
                self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        pass

    def _country(self, agency: Agency) -> str | None:
        ours = self._forms.get(agency.kind or "") == "state" and agency.kind not in _ABROAD
        return COUNTRY if ours else None

    def _agency(self, it: Agency) -> Iterator[Line]:
        form = self._forms.get(it.kind or "", "")
        topics = [_TOPICS.get(form), _STATE_TOPICS.get(it.sector or "") if form == "state" else ""]
        yield _entity(
            it.iri, _SCHEMAS.get(form, "Organization"), name=it.name, **_aliases(it.other_names),
            country=self._country(it), classification=self._label("agency-kind", it.kind),
            sector=self._label("sector", it.sector), topics=topics, notes=it.iri,
            **_articles(it.articles),
        )  # fmt: skip
        if it.parent:
            yield _entity(
                f"{it.iri}#parent", "UnknownLink", subject=ftm_id(it.iri),
                object=ftm_id(it.parent.iri), role="stands under",
            )  # fmt: skip

    def _post(self, it: Post) -> Iterator[Line]:
        yield _entity(
            it.iri, "Position", name=f"{it.name}, {it.agency.name}", alias=it.other_names,
            organization=ftm_id(it.agency.iri), country=self._country(it.agency),
            subnationalArea=it.agency.region.name if it.agency.region else None, notes=it.iri,
            **_articles(it.articles),
        )  # fmt: skip

    def _meeting(self, it: Meeting) -> Iterator[Line]:
        parts = (*it.agencies, *it.officials)
        hosts = [ftm_id(part.who.iri) for part in parts if part.role == "host"]
        there = [ftm_id(part.who.iri) for part in parts]
        # That it was held is what an event is; otherwise it is said.
        status = self._label("meeting-status", it.status) if it.status != "held" else None
        topics = [topic.name for topic in it.topics]
        yield _entity(
            it.iri,
            "Event",
            name=it.called(self._label.of("meeting-kind")),
            startDate=it.start if it.end else None,
            endDate=it.end,
            date=None if it.end else it.start,
            location=it.place,
            organizer=hosts,
            involved=[who for who in there if who not in hosts],
            keywords=[self._label("meeting-kind", it.kind), status, *topics],
            description=map(_agreed, it.agreements),
            **_articles(report.article for report in it.reports),
            summary=[evidence.quote for evidence in outermost(it.evidence)],
            recordId=it.iri,
        )
        for part in parts:
            yield _link(part, it)


def ftm_id(iri: str) -> str:
    """The id of a thing: the end of its IRI, to be read, and a digest of it, to be safe.

    >>> ftm_id("https://w3id.org/sinergi/id/agency/polres-wonosobo")
    'agency-polres-wonosobo-2fd4b6fde095'
    """
    digest = hashlib.sha256(iri.encode()).hexdigest()[:_DIGEST]
    return f"{slug(' '.join(iri.split('/')[-2:]))[:_SLUG].strip('-')}-{digest}"


def _agreed(it: Agreement) -> str:
    parties = ", ".join(party.name for party in it.signatories)
    return ": ".join(filter(None, (it.name, parties)))


def _official(it: Official) -> Iterator[Line]:
    yield _entity(
        it.iri, "Person", name=it.name, **_aliases(it.other_names),
        title=[title for kind, title, _ in it.titles if kind == "rank"],
        nameSuffix=[title for kind, title, _ in it.titles if kind == "degree"],
        notes=it.iri, summary=[quoted.quote for quoted in it.evidence], **_articles(it.articles),
    )  # fmt: skip


def _membership(it: Membership) -> Iterator[Line]:
    """An attested day is `date`, not a start: nobody says when it began."""
    who = (
        {"holder": ftm_id(it.official.iri), "post": ftm_id(it.post.iri)} if it.post
        else {"member": ftm_id(it.official.iri), "organization": ftm_id(it.agency.iri)}
    )  # fmt: skip
    status = {"status": "ended" if it.ended else "unknown"} if it.post else {}
    yield _entity(
        it.iri, "Occupancy" if it.post else "Membership", **who, **status, date=it.days,
        recordId=it.iri, **_sources(it.evidence),
    )  # fmt: skip


def _change(it: Change) -> Iterator[Line]:
    for before in it.before:
        for after in it.after:
            yield _entity(
                f"{it.iri}#{before.iri}#{after.iri}", "Succession", date=it.date, recordId=it.iri,
                predecessor=ftm_id(before.iri), successor=ftm_id(after.iri),
            )  # fmt: skip


def _link(it: Participation, meeting: Meeting) -> Line:
    agency = it.agency.name if it.person and it.agency else None
    acts = ", ".join(filter(None, (it.post.name if it.post else None, agency)))
    others = (("accompanies", it.accompanies), ("represents", it.represents))
    return _entity(
        it.iri, "UnknownLink", subject=ftm_id(it.who.iri), object=ftm_id(meeting.iri),
        role=": ".join(filter(None, (it.role, acts))), date=meeting.start,
        description=[
            *(f"{verb} {other.name}" for verb, other in others if other),
            *([f"{it.basis} only"] if it.basis in ("quoted", "named") else []),
        ],
        recordId=it.iri, **_sources(it.evidence),
    )  # fmt: skip


def _article(it: Article) -> Iterator[Line]:
    source = it.source
    yield _entity(
        source.iri, "Article", title=source.title, publisher=source.publisher,
        publishedAt=source.published, sourceUrl=source.url, notes=source.iri,
    )  # fmt: skip


def _aliases(names: Iterable[str]) -> dict[str, list[str]]:
    """A single word says too little to be compared by."""
    found = {
        "alias": [n for n in names if " " in n],
        "weakAlias": [n for n in names if " " not in n],
    }
    return found


def _sources(evidence: Evidences) -> dict[str, Values]:
    quotes = [it.quote for it in outermost(evidence)]
    return {"summary": quotes, **_articles(it.article for it in evidence)}


def _articles(sources: Iterable[Source]) -> dict[str, Values]:
    articles = list(sources)
    return {
        "proof": [ftm_id(article.iri) for article in articles],
        "sourceUrl": [article.url for article in articles],
        "publisher": [article.publisher for article in articles],
    }


def _entity(iri: str, schema: str, **properties: Values) -> Line:
    kept = {name: _values(name, given) for name, given in sorted(properties.items())}
    return {
        "id": ftm_id(iri),
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _values(name: str, given: Values) -> list[str]:
    """Each value once, in the order given, without space around it, none longer than is taken."""
    most = _MOST.get(name, _MOST_OF_STRINGS)
    given = [given] if isinstance(given, str) else given or ()
    values = filter(None, (value.strip() for value in given if value))
    cut = (value if len(value) <= most else value[: most - 1] + "…" for value in values)
    return list(dict.fromkeys(cut))
