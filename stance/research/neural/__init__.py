"""Training of encoders: teacher, student, export. Needs the extra `stance[train]`; analysis never imports it."""
