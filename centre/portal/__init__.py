"""The portal: what trainees, markers, officers, the board and the public do in a browser."""
