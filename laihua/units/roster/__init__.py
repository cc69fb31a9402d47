"""The roster of a unit (名册): all its foreign staff, and what falls due when."""
