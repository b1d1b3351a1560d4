"""`python -m masseter.ui.facemap.editions`: write down the outlines of today's version."""

from masseter.knowledge.load import load
from masseter.ui.facemap.editions import write

print(write(load()))
