"""Comparisons of what a form says with what a document says, by the type of the value. Pure functions."""
