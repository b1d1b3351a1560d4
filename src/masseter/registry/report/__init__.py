"""The report of a registry: measured from data sets, written as one page and one paper."""
