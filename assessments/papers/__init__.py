"""A form as a trainee meets it: notebook, questions, panel."""
