"""Items to and from other systems: QTI 3 both ways, Moodle XML out.

What a format cannot carry is named, never dropped in silence.
"""
