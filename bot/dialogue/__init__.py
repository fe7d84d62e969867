"""The dialogue engine: a dialogue is a function, run again with the answers so far.

Read in this order: ``talk.py`` what a dialogue can say and ask, ``state.py`` what is remembered
between two messages, ``engine.py`` one message in, ``choices.py`` what a typed answer means.
"""
