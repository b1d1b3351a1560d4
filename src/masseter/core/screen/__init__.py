"""Could botulinum toxin help: the self-check."""
