"""How Vietnamese writes them."""
