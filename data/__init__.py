"""The registry's tables and the sample articles; `sinergi.graph.registry` reads the tables."""
