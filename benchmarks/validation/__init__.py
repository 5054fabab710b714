"""Does measurement measure? Sittings with a known truth, and the attack on publications."""
