"""What `scoring.verify` is made of: only Python's own library and `scoring.arithmetic`, nothing of the services."""
