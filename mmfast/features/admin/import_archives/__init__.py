"""Opens what is imported: an archive, or a folder of this machine, guarding against hostile ones. Not here: lines."""
