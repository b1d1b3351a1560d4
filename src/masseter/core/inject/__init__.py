"""What is really given: the time-out, the vials, the deviations."""
