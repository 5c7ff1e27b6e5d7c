"""Moving all accounts of one sign-in service to another: declared, and refused until directories are built."""
