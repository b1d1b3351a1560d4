"""What Masseter knows: conditions, products, sites, protocols and rules, read from YAML and checked."""
