"""nbgrader's course folder and gradebook, read and written in bulk."""
