"""What a CIO must know and learns: framework, lessons, simulation models, widgets."""

import sys

# jsonschema would build a grammar of international addresses, which takes seconds, in every
# command; no schema here has a use for it. None: a module that is not to be found.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
