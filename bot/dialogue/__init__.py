"""The dialogue engine: a dialogue is a function, run again with the answers so far.

Read in this order: ``talk.py`` what a dialogue can say and ask, ``questions.py`` what a question is,
``state.py`` what is remembered between two messages, ``hear.py`` what a message means to it, ``engine.py``
one message in, ``choices.py`` what a typed answer means.
"""
