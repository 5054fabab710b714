"""Marking of any nbgrader course: candidates' code in a sandbox, tests judged."""
