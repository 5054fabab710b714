"""The item bank: items, keys and rubrics as read, checked and covered."""
