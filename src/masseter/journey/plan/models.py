"""Tables of the room `plan`."""
