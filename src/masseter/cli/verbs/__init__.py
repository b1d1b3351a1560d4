"""The commands that ask `core` about a case file, from `assess` to `follow-up`."""
