"""From submissions to marks, decisions, certificates and reports."""
