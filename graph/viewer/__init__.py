"""One HTML file that shows who met whom, and what every line rests on."""

from sinergi.graph.viewer.model import (
    Attendee,
    Office,
    PageAgency,
    PageMeeting,
    PageModel,
    PageOfficial,
    PageText,
    Quote,
    Source,
)
from sinergi.graph.viewer.page import render_page, write_page
from sinergi.graph.viewer.records import page_model

__all__ = [
    "Attendee",
    "Office",
    "PageAgency",
    "PageMeeting",
    "PageModel",
    "PageOfficial",
    "PageText",
    "Quote",
    "Source",
    "page_model",
    "render_page",
    "write_page",
]
