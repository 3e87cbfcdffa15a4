"""What can go wrong, in words that a user can act on.

Every error that stance raises on purpose derives from `StanceError`. Its message is one line that names the
file or value and the remedy; the command line prints it and nothing else.
"""


class StanceError(Exception):
    """Base of all errors that are the input's or the user's, not a defect of stance."""


class UsageError(StanceError):
    """An option or argument that cannot be used as given."""


class ReadError(StanceError):
    """A document that cannot be read: missing, unreadable, not text, too large."""


class OutputError(StanceError):
    """A result that cannot be written: no space, no permission, a path that is no file."""


class LexiconError(StanceError):
    """A lexicon file that breaks its format; the message names file and line."""


class RosterError(StanceError):
    """A roster that breaks its format; the message names file and entry."""


class ModelError(StanceError):
    """A model that is missing, changed, of another version or not a model at all."""


class DataError(StanceError):
    """Training or evaluation data that break the row format; the message names file and line."""
