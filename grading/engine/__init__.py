"""Submissions in, marks out, on nbgrader's gradebook."""
