"""What everything stands on: errors, content reading, whole-file writes, Vietnamese numbers."""
