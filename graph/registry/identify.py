"""From an official name to the agency it names: kind, region, parent and key, by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sinergi.graph.model import Agency
from sinergi.graph.registry.institutions import (
    AGENCY_PREFIX,
    GOVERNMENT,
    AgencyKind,
    Institution,
)
from sinergi.graph.registry.names import normal, slug
from sinergi.graph.registry.parsing import (
    CLASS,
    CLASS_WORDS,
    MILITARY,
    NATION,
    UNIT_NUMBER,
    Head,
    NameReader,
    Reading,
    order_of,
)
from sinergi.graph.registry.places import (
    COMMAND_ORDER,
    DISTRICT,
    PROVINCE,
    REGENCY,
    REGION_ORDER,
    Places,
    level,
)

UNNAMED = "unnamed"  # key of a name without a letter or digit
MAX_ALIASES = 6  # of an agency made by rule; a row of agencies.csv has what its row says

_NUMBERED = re.compile(r"^(\d{2,4}|[IVX]+)(?:\s*/\s*|\s+(?=[^\W\d]))")


class Identifier:
    """Identifies names against the tables; remembers what it has seen."""

    def __init__(
        self,
        kinds: Mapping[str, AgencyKind],
        bodies: Mapping[str, Institution],
        places: Places,
    ) -> None:
        self._kinds = kinds
        self._bodies = bodies
        self._places = places
        self._reader = NameReader(kinds, places)
        self._bodies_by_form = {
            normal(form): body for body in bodies.values() for form in (body.name, *body.aliases)
        }
        self._covering: dict[tuple[str, str], Institution] = {}
        for key in sorted(bodies):
            for code in bodies[key].regions:
                self._covering.setdefault((bodies[key].kind, code), bodies[key])
        self._by_key: dict[str, Agency] = {}
        self._by_name: dict[tuple[str, str | None], Agency] = {}
        self._by_rule: dict[tuple[str, str | None], Agency | None] = {}

    def identify(self, name: str, near: str | None = None) -> Agency:
        """The agency that `name` names; total: a name of no known kind gives a bare Agency.

        `near` is a region code that tells districts of one name apart.
        """
        found = self._by_name.get((name, near))
        if found is None:
            found = self._by_name[name, near] = self._identify(name, near)
        return found

    def ancestors(self, agency: Agency) -> tuple[Agency, ...]:
        """The parents of `agency`, nearest first, up to the trunk."""
        found: list[Agency] = []
        at = self._parent_of(agency)
        while at and at.key != agency.key and at not in found:
            found.append(at)
            at = self._parent_of(at)
        return tuple(found)

    def stem(self, name: str) -> str:
        """The key without class and unit number: 'Lapas Kelas IIB X' and 'Lapas X' share it.

        Names of one stem are candidates for being one agency; whether they are is not ours to say.
        """
        kept, skipping = [], False
        for word in normal(self.identify(name).name).split():
            if word == "kelas":
                skipping = True
            elif skipping and (CLASS.fullmatch(word) or word in CLASS_WORDS):
                continue
            elif not UNIT_NUMBER.fullmatch(word):
                skipping = False
                kept.append(word)
        return "-".join(kept)

    def of_body(self, body: Institution) -> Agency:
        """A row of agencies.csv as an Agency; where it names no parent, its kind's rule does."""
        found = self._by_key.get(body.key)
        if found is None:
            region = body.regions[0] if body.regions else None
            parent = body.parent
            if parent is None and region:
                above = self._parent(body.kind, region)
                parent = above.key if above else None
            found = self._by_key[body.key] = Agency(
                body.key, body.name, body.kind, body.sector, parent, region, body.aliases
            )
        return found

    def _identify(self, name: str, near: str | None) -> Agency:
        """The agency of a name not seen before; of its canonical name, if that says more."""
        seen = {name}
        agency = self._named_by(name, near)
        while agency.name not in seen and agency.key not in self._bodies:
            seen.add(agency.name)
            agency = self._named_by(agency.name, near)
        return agency

    def _named_by(self, name: str, near: str | None) -> Agency:
        form = normal(name)
        short = _without_nation(form)
        body = self._bodies_by_form.get(form) or self._bodies_by_form.get(short)
        if body:
            return self.of_body(body)
        if not form:
            return Agency(UNNAMED, " ".join(name.split()))
        read = self._reader.read(name, near)
        if read is None:
            return self._bare(slug(name), name)
        made = self._made(read)
        return self._bare(made.key, name) if made.key in self._bodies else made

    def _bare(self, key: str, name: str) -> Agency:
        """The body whose key `key` is, else an agency of which only the name is known."""
        body = self._bodies.get(key)
        return self.of_body(body) if body else Agency(key, " ".join(name.split()))

    def _made(self, read: Reading) -> Agency:
        kind, head = read.head.kind, read.head.written
        tail = f"{read.own} {read.stated}".strip()
        if kind.sector == MILITARY:
            if UNIT_NUMBER.fullmatch(read.own) and read.stated:
                tail = f"{read.own}/{read.stated}"
            elif not read.stated:
                tail = _NUMBERED.sub(r"\1/", tail)
        name = f"{head} {tail}".strip()
        region = read.region.code if read.region else None
        parent = self._parent(kind.key, region)
        return Agency(
            key=slug(name) or UNNAMED,
            name=name,
            kind=kind.key,
            sector=kind.sector,
            parent=parent.key if parent else None,
            region=region,
            aliases=self._aliases(read, name, tail),
        )

    def _aliases(self, read: Reading, name: str, tail: str) -> tuple[str, ...]:
        """Other ways to write a made name: its head spelled out or short, its region bare."""
        kind = read.head.kind
        forms = [form for form in kind.forms if kind.heads[form] == read.head.written]
        found = [f"{form} {tail}" for form in forms if form not in kind.region_words]
        if kind.scope == "region" and read.region and read.whole:
            bare = self._places.read(normal(read.region.name).split(), REGION_ORDER)
            fitting = (form for form in forms if form in kind.region_words or bare == read.region)
            found[2:2] = [
                f"{form} {read.region.name}"
                for form in fitting
                if kind.region_words.get(form, read.region.kind) == read.region.kind
            ]
        others = dict.fromkeys(form.strip() for form in found)
        return tuple(form for form in others if form != name)[:MAX_ALIASES]

    def _parent_of(self, agency: Agency) -> Agency | None:
        body = self._bodies.get(agency.key)
        if body and body.parent:
            return self.of_body(self._bodies[body.parent])
        if body and not body.regions:
            return None
        return self._parent(agency.kind, agency.region) if agency.kind else None

    def _parent(self, kind: str, region: str | None) -> Agency | None:
        """The parent of an agency of `kind` in `region`, found once."""
        asked = (kind, region)
        if asked not in self._by_rule:
            self._by_rule[asked] = None  # a kind above itself ends here
            self._by_rule[asked] = self._parent_by_rule(self._kinds[kind], region)
        return self._by_rule[asked]

    def _parent_by_rule(self, kind: AgencyKind, region: str | None) -> Agency | None:
        for rule in kind.parents:
            if rule.startswith(AGENCY_PREFIX):
                return self.of_body(self._bodies[rule.removeprefix(AGENCY_PREFIX)])
            if region is None:
                continue
            if kind.key == GOVERNMENT == rule:
                above = self._places.above(region, PROVINCE)
                return self._of_kind(rule, above) if above and above != region else None
            found = self._covering_body(rule, region)
            if found:
                return self.of_body(found)
            made = self._of_kind(rule, region) if rule == kind.parents[-1] else None
            if made:
                return made
        last = self._kinds.get(kind.parents[-1]) if kind.parents else None
        return self._parent(last.key, region) if last and last.key != kind.key else None

    def _covering_body(self, kind: str, region: str) -> Institution | None:
        """The row of agencies.csv of `kind` that covers `region`, the closest first."""
        for depth in range(level(region), 0, -1):
            body = self._covering.get((kind, self._places.above(region, depth) or ""))
            if body:
                return body
        return None

    def _of_kind(self, key: str, code: str) -> Agency | None:
        """The agency of kind `key` that is responsible for the region `code`, made by rule."""
        kind = self._kinds[key]
        depth = {"province": PROVINCE, "place": REGENCY, "district": DISTRICT}.get(kind.scope)
        if kind.scope == "region":
            depth = min(level(code), REGENCY)
        above = self._places.above(code, depth) if depth else None
        if above is None:
            return None
        region = self._places[above]
        said = (
            [] if region.kind == "kabupaten" and order_of(kind) == COMMAND_ORDER else [region.kind]
        )
        stated = self._reader.stated(kind, [*said, *normal(region.name).split()], region)
        return self._made(Reading(Head(kind, kind.name, None), "", region, stated))


def _without_nation(form: str) -> str:
    for ending in NATION:
        form = form.removesuffix(f" {' '.join(ending)}")
    return form
