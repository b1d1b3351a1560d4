"""Tables of the room `screen`."""
