"""The network page in Python: a file to open, or a frame in a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from sinergi.graph.face.html import render

HEIGHT = 640  # pixels: the picture with the panel beside it


@dataclass(frozen=True, slots=True)
class Page:
    """The network page; `html` is the whole of it, as `sinergi view` writes it."""

    html: str

    def __repr__(self) -> str:
        return f"<Page: {len(self.html):,} characters>"

    def _repr_html_(self) -> str:
        # Its own scripts run, but in an origin of their own: they cannot reach the notebook.
        allow = "allow-scripts allow-popups allow-downloads"
        return render("frame", page=self.html, title="Network page", height=HEIGHT, allow=allow)
