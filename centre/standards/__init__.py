"""Where cuts come from: judges, rounds, a cut with its error, and minutes that name it."""
