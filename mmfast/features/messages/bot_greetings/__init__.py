"""What a new bot says to its owner. Everything else about bots is in identity.bots."""
