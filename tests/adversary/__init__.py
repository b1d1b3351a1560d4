"""Ways to get an unsafe dose or verdict, each tried on the real program; `adversary.md` lists them.

The first line of a test's docstring is the way; what follows it is what the program does instead.
"""
