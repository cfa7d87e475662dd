"""A dossier that shows itself."""

from __future__ import annotations

from sinergi.graph import dossier
from sinergi.graph.exports.terms import curie
from sinergi.graph.face.html import counted, render

FEW = 10  # pieces of a section up to which it stands open


class Dossier(dossier.Dossier):
    """All that the graph knows of one official or agency; see sinergi.graph.dossier."""

    __slots__ = ()

    def __repr__(self) -> str:
        offices, meetings = len(self.offices), len(self.meetings)
        return (
            f"<Dossier {self.name}: {counted(offices, 'office')}, {counted(meetings, 'meeting')}>"
        )

    def __str__(self) -> str:
        """The dossier as `sinergi show` prints it."""
        return dossier.render(self)

    def _repr_html_(self) -> str:
        iri = curie(self.iri) or self.iri
        return render("dossier", d=self, iri=iri, shown=dossier.PASSAGES_SHOWN, few=FEW)
