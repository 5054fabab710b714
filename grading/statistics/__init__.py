"""Statistics of measurement: pure functions on frames and arrays, each with formula and source."""
