"""Metrics of the whole server: gauges that are looked up when somebody asks, and the snapshot of a worker.

Counters stand where the counted thing happens (`platform.metrics`). The listener, and the adding up of several workers,
are the server's. What clients measure of themselves is `client_performance`.
"""
