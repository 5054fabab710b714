"""What officers and invigilators do."""
