"""Human marking: two markers an essay, agreement, and the sheets they fill."""
