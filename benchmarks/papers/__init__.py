"""What is measured of the examination papers: reliability, consistency, naive players."""
