"""What must hold between the files of knowledge; each module says one kind of it."""
