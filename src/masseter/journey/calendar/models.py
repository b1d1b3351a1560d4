"""Tables of the room `calendar`."""
