"""Where candidates' code runs: namespaces or Landlock, and limits; refused where neither holds."""
