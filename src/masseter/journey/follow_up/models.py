"""Tables of the room `follow_up`."""
