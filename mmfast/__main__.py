"""`python -m mmfast` is the command `mmfast`."""

from mmfast.cli import main

main()
