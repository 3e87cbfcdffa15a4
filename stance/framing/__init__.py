"""Which words evaluate, and whom: matches of the lexicon (cues), and what the classifiers judge (candidates)."""
