"""Each hot path, the twin against the extension: nanoseconds per call. Run with `python -m bench.micro`."""
