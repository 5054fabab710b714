"""From blueprint and bank to frozen forms."""
