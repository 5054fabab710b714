"""The desk of who marks and of who leads the marking: scripts by their codes, never a name."""
