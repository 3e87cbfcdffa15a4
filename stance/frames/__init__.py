"""Frames: as what an actor is portrayed, as what the matter is treated, and who is what in the story."""
