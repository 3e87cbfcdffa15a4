"""From bytes to an `Article`: decoding and layout. Text is never cleaned; what was read is measured."""
