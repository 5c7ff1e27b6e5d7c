"""From results of the other benches to a table: this hardware holds so many active users.

`estimate` is arithmetic only, `picture` draws; `python -m bench.sizing` reads bench/results and
config/hardware_targets.toml. Both figures it gives are extrapolations of one machine, and say so.
"""
