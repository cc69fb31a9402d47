"""Stand-ins for systems outside the hall, for development and tests. Nothing of them runs in production."""
