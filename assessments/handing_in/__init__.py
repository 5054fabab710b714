"""What a trainee hands in, as the examiner reads it again."""
