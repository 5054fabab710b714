"""From scores and a dated policy to a decision with reasons."""
