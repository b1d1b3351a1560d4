"""Which muscles, how much: proposing, adding up, drawing up and checking a plan."""
