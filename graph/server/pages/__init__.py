"""Pages that need no script: what the graph knows, in Indonesian and English.

rendering.py fills the templates, view.py knows the reader's language and where things are shown,
the other modules look up what is on a page, each returning the data of its template.
"""
