"""The registry of institutions: regions, kinds of agency, national bodies, posts and titles.

The tables are in data/; docs/registry.md tells how to add rows.
"""

from sinergi.graph.registry.registry import Registry

__all__ = ["Registry"]
