"""A page with several phones beside each other on one live bot."""
