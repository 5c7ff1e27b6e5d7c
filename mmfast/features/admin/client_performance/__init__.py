"""Figures that clients measure of themselves: how fast pages load, how long the browser hangs.

Reports are checked and counted; turning them into metrics is the observability's.
"""
