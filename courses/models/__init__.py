"""Simulation models: pure functions of plain data, without widgets or charts."""
