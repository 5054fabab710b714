"""What a trainee touches: question inputs with acknowledged saving, and simulation views."""
