"""The commands of `sinergi`, by what they work on; cli.py gathers them."""
