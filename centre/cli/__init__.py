"""The cio command."""
