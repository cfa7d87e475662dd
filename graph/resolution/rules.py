"""The rules by which two clusters of mentions are one person, from the strictest to the loosest.

Each rule names the blocks in which it looks, so that no two clusters are compared which do not
already share what the rule asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from sinergi.graph.model import Agency
from sinergi.graph.resolution.agencies import normal_form, regions_of, without_region
from sinergi.graph.resolution.mentions import NUMERALS, Cluster
from sinergi.graph.resolution.names import Agreement, compare

FULL_NAME = 2
"""Solid parts from which a name is worth more than its office: one-word names recur in every
agency."""

DISTINCTIVE_NAME = 3
"""Solid parts from which a name is rare enough to be followed from one place to another."""

COMMON_DEGREES = 2
"""So many equal degrees make up for a missing third part of the name."""

DECISION = "decision"
"""What a join goes by that a person has made."""

SAME_NAME_IN_ONE_AGENCY = "same name in one agency"
"""The strictest rule; it leaves no doubt."""

SERVICES = frozenset(("keamanan", "pertahanan", "hukum", "pemasyarakatan", "imigrasi"))
"""Sectors whose officers are posted all over the country and belong to no other service. A regional
government's office of such a sector (Satpol PP) is not in it: its name ends in the region."""


@dataclass(frozen=True, slots=True)
class Places:
    """What the rules ask of agencies, by key."""

    region: Mapping[str, str]  # the regency, city or province it is of
    service: Mapping[str, str]  # which of SERVICES
    bare: Mapping[str, str]  # its name without the region
    umbrella: frozenset[str]  # governments: all their offices are theirs too

    @classmethod
    def of(cls, agencies: Mapping[str, Agency]) -> Places:
        """Gather them from the canonical `agencies`."""
        forms = {key: normal_form(agency.name) for key, agency in agencies.items()}
        bare = {key: without_region(form) for key, form in forms.items()}
        return cls(
            region=regions_of(agencies),
            service={
                key: agency.sector
                for key, agency in agencies.items()
                if agency.sector in SERVICES and bare[key] == forms[key]
            },
            bare=bare,
            umbrella=frozenset(k for k, form in forms.items() if form.startswith("pemerintah ")),
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """`holds` decides on two clusters that share one of the keys `blocks` gives; where it is None,
    to share one is enough."""

    name: str
    blocks: Callable[[Cluster, Places], Iterable[Hashable]]
    holds: Callable[[Cluster, Cluster, Places], bool] | None = None


# Blocks


def _articles(c: Cluster, _: Places) -> Iterable[Hashable]:
    return c.articles


def _name_and_office(c: Cluster, _: Places) -> Iterable[Hashable]:
    if len(c.name.parts) >= FULL_NAME:
        return ((agency, c.letters) for agency in c.agencies)
    return ((agency, c.letters, post) for agency, posts in c.posts.items() for post in posts)


def _agency_and_part(c: Cluster, _: Places) -> Iterable[Hashable]:
    return ((agency, key) for agency in c.agencies for key in c.name.solid_keys)


def _agency_and_post(c: Cluster, _: Places) -> Iterable[Hashable]:
    for agency, posts in c.posts.items():
        for post in posts:
            yield (agency, *(word for word in post.words if word not in NUMERALS))


def _region_and_name(c: Cluster, places: Places) -> Iterable[Hashable]:
    if c.name.solid >= FULL_NAME:
        return ((places.region[a], c.letters) for a in c.agencies if a in places.region)
    return ()


def _bare_agency_and_name(c: Cluster, places: Places) -> Iterable[Hashable]:
    if c.name.solid >= FULL_NAME:
        return ((places.bare[agency], c.letters) for agency in c.agencies)
    return ()


def _service_and_name(c: Cluster, places: Places) -> Iterable[Hashable]:
    if c.name.solid >= FULL_NAME:
        return ((places.service[a], c.letters) for a in c.agencies if a in places.service)
    return ()


def _name(c: Cluster, _: Places) -> Iterable[Hashable]:
    return (c.letters,) if c.name.solid >= FULL_NAME else ()


# Rules


def _names_agree(a: Cluster, b: Cluster) -> Agreement | None:
    """A name before another's is a wife's: she is given her husband's name, and even his post."""
    agreement = compare(a.name, b.name)
    return agreement if agreement and not agreement.front else None


def _names_agree_in_one_post(a: Cluster, b: Cluster, _: Places) -> bool:
    return _names_agree(a, b) is not None and a.share_post(b)


def _variant_in_one_agency(a: Cluster, b: Cluster, _: Places) -> bool:
    agreement = _names_agree(a, b)
    if agreement is None:
        return False
    return (agreement.solid >= FULL_NAME and not agreement.typo) or a.share_post(b)


def _same_name_in_one_region(a: Cluster, b: Cluster, places: Places) -> bool:
    if in_different_services(a, b, places):
        return False
    return a.name.solid >= DISTINCTIVE_NAME or not two_offices_at_once(a, b, places)


def _same_name_and_post_where_region_is_missing(a: Cluster, b: Cluster, places: Places) -> bool:
    return any(
        places.bare[left] == places.bare[right]
        and (left in places.region) != (right in places.region)
        and any(mine.fits(theirs) for mine in a.posts[left] for theirs in b.posts[right])
        for left in a.agencies
        for right in b.agencies
    )


def _transfer_within_a_service(a: Cluster, b: Cluster, _: Places) -> bool:
    degrees = any(len(common) >= COMMON_DEGREES for common in a.degrees & b.degrees)
    known = degrees or a.name.solid >= DISTINCTIVE_NAME
    return known and _one_after_the_other(a, b)


def _same_name_where_agency_is_missing(a: Cluster, b: Cluster, _: Places) -> bool:
    if a.posts and b.posts:
        return False
    posts = [{office.post for office in c.offices if office.post} for c in (a, b)]
    return a.name.solid >= DISTINCTIVE_NAME or bool(posts[0] & posts[1])


def _one_after_the_other(a: Cluster, b: Cluster) -> bool:
    if a.days is None or b.days is None:
        return False
    return a.days[1] < b.days[0] or b.days[1] < a.days[0]


def in_different_services(a: Cluster, b: Cluster, places: Places) -> bool:
    """Whether the two are in careers of which none leads into the other."""
    return len({places.service.get(agency, "civil") for agency in (*a.agencies, *b.agencies)}) > 1


def two_offices_at_once(a: Cluster, b: Cluster, places: Places) -> bool:
    """Whether both are attested in one span of time in different parts of a government."""
    offices = [
        {o.agency for o in c.offices if o.agency and o.current and not (o.post and o.post.acting)}
        - places.umbrella
        for c in (a, b)
    ]
    if not offices[0] or not offices[1] or offices[0] & offices[1]:
        return False
    return a.days is not None and b.days is not None and not _one_after_the_other(a, b)


def _meetings(c: Cluster, _: Places) -> Iterable[Hashable]:
    return c.meetings


def _names_agree_in_one_meeting(a: Cluster, b: Cluster, _: Places) -> bool:
    agreement = _names_agree(a, b)
    return agreement is not None and agreement.solid >= FULL_NAME


WITHIN_ARTICLE = Rule("names agree in one post", _articles, _names_agree_in_one_post)
"""Two spellings that extraction took for two people. Past it, an article tells people apart."""

RULES = (
    Rule(SAME_NAME_IN_ONE_AGENCY, _name_and_office),
    Rule("variant in one agency", _agency_and_part, _variant_in_one_agency),
    Rule("names agree in one post", _agency_and_post, _names_agree_in_one_post),
    Rule("same name in one region", _region_and_name, _same_name_in_one_region),
    Rule(
        "same name and post where a region is missing",
        _bare_agency_and_name,
        _same_name_and_post_where_region_is_missing,
    ),
    Rule("transfer within a service", _service_and_name, _transfer_within_a_service),
    Rule("same name where an agency is missing", _name, _same_name_where_agency_is_missing),
)

IN_ONE_MEETING = Rule("names agree in one meeting", _meetings, _names_agree_in_one_meeting)
"""Outlets that place a person in different agencies, but at one meeting. It comes when reports of
one meeting are known, and these are known by their persons: hence after all other rules."""
