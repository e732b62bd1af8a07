"""Benchmarks and evaluations; `make bench` and `make eval` run them."""
