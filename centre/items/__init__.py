"""The life of items: what sittings have shown of each, and who signed each step of it."""
