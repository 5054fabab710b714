"""What the earlier version of the house kept, as it is taken over."""
