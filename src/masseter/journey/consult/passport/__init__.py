"""The injection passport: what was given, as a signed text that a square code carries."""
