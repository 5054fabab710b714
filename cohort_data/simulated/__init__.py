"""Simulated cohorts: seeded, labelled, nobody real."""
