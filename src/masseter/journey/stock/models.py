"""Tables of the room `stock`."""
