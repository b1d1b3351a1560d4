"""What Masseter decides: pure functions on frozen dataclasses, without clock, files or database."""
