"""Users, their roles, and the one table of what each role may do."""
