"""The days after a treatment: advice for the day and the grading of symptoms."""
