"""Imports a file in the bulk loading format: checks it, then writes it batch by batch. Not here: where files lie."""
