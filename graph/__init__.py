"""Articles in, a knowledge graph of institutional relationships out; read pipeline.py first."""
