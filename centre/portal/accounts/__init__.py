"""Signing in: allauth's work in the centre's words."""
