"""Learning and measuring: what runs at a desk, never while an article is analysed."""
