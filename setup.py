"""Builds the extension `mmfast_ext`; everything else stands in pyproject.toml."""

from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

sources = sorted(Path("mmfast_ext").glob("*.pyx"))
setup(
    ext_modules=cythonize(
        [Extension(f"mmfast_ext.{path.stem}", [str(path)], extra_compile_args=["-O3"]) for path in sources],
        language_level=3,
    )
)
