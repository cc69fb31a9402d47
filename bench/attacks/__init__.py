"""Attacks on the hall, carried out with everything on, and what of them gets through."""
