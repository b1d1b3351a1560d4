"""Speed and scale, measured: `python -m benchmarks` prints the table and writes figures.md."""
