"""Tables of the room `people`."""
