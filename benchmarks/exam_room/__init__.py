"""An exam room under load, and under faults: ``python -m benchmarks.exam_room [faults]``."""
