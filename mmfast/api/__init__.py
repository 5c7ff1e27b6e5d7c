"""The API: one declaration per operation, and the single road a request takes from bytes to its handler and back."""
