"""Tables of the room `recover`."""
