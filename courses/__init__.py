"""What a CIO must know and learns: framework, lessons, simulation models, widgets."""
