"""Giao ban: the report of a body for a quarter, composed from its records, sent up, taken to the conference."""
