"""Sitting a paper in a browser, without a kernel."""
