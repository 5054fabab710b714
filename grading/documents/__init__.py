"""Documents: typesetting and fonts."""
