"""The board's pages: sheets read, signed and returned; appeals answered."""
