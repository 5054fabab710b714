"""Ratios against nbgrader, all measured in one run on the same notebooks."""
