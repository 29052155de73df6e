"""Sổ theo dõi: strengths, limitations, shortcomings, remedies, verification, recurrence."""
