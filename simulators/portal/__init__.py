"""A government portal: people sign in by choosing who they are, and go on to the hall by OpenID Connect or CAS.

`laihua portal-simulator` runs it; `people.yaml` says who can sign in and what the portal asserts about each.
"""
