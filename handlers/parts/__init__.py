"""Pieces of conversation that several dialogues share."""
