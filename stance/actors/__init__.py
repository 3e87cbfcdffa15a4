"""Whom a text is about: the roster of actors, and where a text mentions them."""
