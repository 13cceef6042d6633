"""Duties as data, and the pure engine that says where each one stands."""
