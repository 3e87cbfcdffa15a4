"""stance: how a news text frames each actor, sentence by sentence, by whom, and on which words."""

__version__ = "0.1.0"
