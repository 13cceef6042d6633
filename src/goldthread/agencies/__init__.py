"""Organisations, their teams, and the practitioners who work in them."""
