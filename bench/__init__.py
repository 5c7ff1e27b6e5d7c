"""Measurements. Each names the machine, the implementation and the commit, and has its yardstick in the same run."""
