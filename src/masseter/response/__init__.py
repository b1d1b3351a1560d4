"""The time course of benefit: population fit, one patient's forecast, simulation."""
