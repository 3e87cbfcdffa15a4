"""Candidates in, verdicts out: one seam, several classifiers, none of which knows whom it judges."""
