"""The network page, as `sinergi build` and `sinergi view` draw it."""

from __future__ import annotations

from sinergi.graph.quality import quality_figures
from sinergi.graph.results import select
from sinergi.graph.server.site import Site


def network_page(site: Site) -> str:
    """The network of everything in the store as one HTML page, which leads to the other pages."""
    from sinergi.graph.viewer import page_model, render_page  # igraph and networkx: only if asked

    model = page_model(
        lambda query: select(site.store, query),
        kinds={kind.key: kind.name for kind in site.registry.kinds.values()},
        sectors={sector.key: (sector.id, sector.en) for sector in site.registry.sectors.values()},
        quality=quality_figures(),
    )
    return render_page(model, language="auto", things=f"{site.prefix}/id/")
