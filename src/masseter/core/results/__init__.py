"""Scores of instruments, response against baseline, published reference bands."""
