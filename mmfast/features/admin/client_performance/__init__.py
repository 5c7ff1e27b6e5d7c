"""Figures that clients measure of themselves: how fast pages load, how long the browser hangs.

Reports are checked, and counted among the server's metrics; how those are shown is the observability's.
"""
