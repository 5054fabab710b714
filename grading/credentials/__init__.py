"""Certificates: the printed page, its signature, the register, and anyone's check of it."""
