"""Kinds of documents, one file each: `KIND = Kind(...)`. A new one is found here by itself."""
