"""Analyses as data: the JSON and CSV contracts, and files that are never half-written."""
