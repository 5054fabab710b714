"""Who works and who sits in the demonstration."""
