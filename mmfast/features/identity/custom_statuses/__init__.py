"""What a person says of the moment: an emoji, a text, and until when.

The present one is a property of the account, so everybody sees it with the profile; the last five are a preference.
Whether an emoji exists is known above: see the hook in the service.
"""
