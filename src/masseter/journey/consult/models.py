"""Tables of the room `consult`."""
