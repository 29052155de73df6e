"""Giao ban: the report of a quarter composed from the records, sent up, consolidated, concluded upon."""
