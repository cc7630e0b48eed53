"""What ANAS is measured by: `make bench` for speed, `make storm` for what survives when processes are killed."""
