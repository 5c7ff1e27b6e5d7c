"""What every feature stands on: configuration, files, outgoing HTTP, logs. No business rules."""
