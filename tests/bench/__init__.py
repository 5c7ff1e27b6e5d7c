"""The benches' arithmetic; the benches themselves are run by `make bench`."""
