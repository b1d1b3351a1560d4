"""Many clinics' courses in one place: foreign tables taken in, checked line by line, kept as Parquet."""
