"""The Cython twins of `mmfast.hot`, module by module and name by name. Nobody imports them but `mmfast.hot`."""
