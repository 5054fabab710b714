"""Who is trained and assessed: rosters, names, identity numbers, the sample cohort."""
