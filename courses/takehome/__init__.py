"""Sheets to take home: a lesson's tool, blank or filled with the lesson's own data."""
