"""What the commands answer, as data: the shapes behind `--json` and their published JSON Schemas."""
