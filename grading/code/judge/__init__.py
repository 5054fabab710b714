"""What evaluates the tests, outside the candidate's process."""
