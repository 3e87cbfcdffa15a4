"""Whole folders: find the documents, analyse them in worker processes, write one file and what failed."""
