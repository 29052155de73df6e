"""Công việc: programmes, tasks with one accountable post, progress, assessment, and their figures."""
