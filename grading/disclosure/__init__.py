"""What may be published: every publication is a constraint on what an outsider can work out."""
