"""Signing in, sessions, and the administration of those who may."""
