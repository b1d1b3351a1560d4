"""Tables of the room `inject`."""
