"""Case files: one patient written down in YAML or JSON, for the commands that ask `core`."""
