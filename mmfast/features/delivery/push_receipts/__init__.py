"""What phones tell of pushes that arrived; the push server counts them. Not here: sending pushes."""
