"""Tables of the room `results`."""
