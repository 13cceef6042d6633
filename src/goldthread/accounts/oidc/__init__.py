"""Agencies' own sign-in by OpenID Connect: an agency vouches for its people, and ties were made beforehand."""
