"""A close look at a text: every step of the pipeline before judgement."""

from collections.abc import Callable

from stance.framing.prepared import Prepared

# Called with a text and, where it matters, a date.
Look = Callable[..., Prepared]
