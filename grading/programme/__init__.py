"""What a track hands to agencies and teachers, made from its data: syllabus, schedule, guides."""
