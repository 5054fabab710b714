"""Rosters as offices send them, read into trainees and problems."""
