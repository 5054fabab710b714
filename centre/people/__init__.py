"""Who learns and is examined: persons, agencies, enrolments, letters, attendance."""
