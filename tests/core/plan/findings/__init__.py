"""Tables of what a prescriber reads: situations in Python, what is found in each in YAML beside."""
