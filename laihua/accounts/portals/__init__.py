"""Signing in with a government portal's identity: OpenID Connect with PKCE, and CAS 2 and 3 (ACC-15)."""
