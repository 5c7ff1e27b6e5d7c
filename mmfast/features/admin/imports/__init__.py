"""Files that wait to be imported: their list, and the jobs that import them and clear them away."""
