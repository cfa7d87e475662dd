"""From who was at which meeting to the network of who met whom: a plain networkx graph.

An edge says "these two were in at least one meeting together". A node is the key of an agency (or
of an official, or of what agencies stand under), as in its IRI.

| of a node                    | meaning                                                        |
|------------------------------|----------------------------------------------------------------|
| label                        | canonical name                                                 |
| kind, sector, parent, region | keys, as the registry has them; absent where it has none       |
| agency                       | of an official: the agency acted for most often                |
| meetings                     | distinct meetings with at least one other                      |
| component, community         | number, 0 is the largest; communities are Leiden's             |
| degree, strength, ...        | MEASURES, once `measure` has been called: see measures.py      |
| degree_low, degree_high, ... | intervals, once `bootstrap` has been called                    |

| of an edge  | meaning                                                                         |
|-------------|---------------------------------------------------------------------------------|
| meetings    | distinct meetings of the two                                                    |
| outlets     | distinct outlets that reported these in words of their own, copies left out     |
| articles    | distinct articles that report them, copies included                             |
| count       | the one of these three that was asked for                                       |
| newman      | distinct meetings, but a meeting of n counts 1/(n-1) for each pair              |
| weight      | newman, or count where that was asked for                                       |
| first, last | earliest and latest known day (ISO), absent where no meeting has one            |
| disparity   | significance by the disparity filter, where a backbone was asked for            |

`graph.graph` holds every setting of the Projection, and after `measure` the summary of the whole.
The same records give the same graph, in the same order, in whatever order they come.
"""

from __future__ import annotations

import networkx as nx

from sinergi.graph.network.backbone import disparity
from sinergi.graph.network.bootstrap import bootstrap
from sinergi.graph.network.change import change, slices
from sinergi.graph.network.groups import communities, components
from sinergi.graph.network.layout import CLEARANCE, arrange, disc, layout
from sinergi.graph.network.measures import MEASURES, assortativity, measure, summary
from sinergi.graph.network.projection import (
    Count,
    Projection,
    collaboration_network,
    ministry,
    project,
)
from sinergi.graph.network.records import (
    MeetingRecord,
    Query,
    Records,
    agency_rows,
    attendance_rows,
    copied,
    read_records,
    read_run,
    tail,
)
from sinergi.graph.network.roles import ROLES

__all__ = [
    "CLEARANCE",
    "MEASURES",
    "ROLES",
    "Count",
    "MeetingRecord",
    "Projection",
    "Query",
    "Records",
    "agency_rows",
    "arrange",
    "assortativity",
    "attendance_rows",
    "bootstrap",
    "change",
    "collaboration_network",
    "communities",
    "components",
    "copied",
    "disc",
    "disparity",
    "layout",
    "measure",
    "ministry",
    "project",
    "read_network",
    "read_records",
    "read_run",
    "slices",
    "summary",
    "tail",
]


def read_network(query: Query, projection: Projection | None = None) -> nx.Graph[str]:
    """The network of a store.

    `query` takes the text of a SPARQL SELECT, answers it over the union of the named graphs and
    gives its rows, as `Store.query` and pyoxigraph do.
    """
    return project(read_records(query), projection)
