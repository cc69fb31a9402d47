"""实名认证. Who somebody really is: asked of an identity provider, and where that fails decided by an officer.

`documents` knows identity documents and their numbers, `providers` whom one may ask and what comes back, `checks` asks and
keeps the answer, `people` takes what a natural person says of himself.
"""
