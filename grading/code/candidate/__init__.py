"""What runs beside candidates' code: libraries only, no secrets, nothing that is trusted later."""
