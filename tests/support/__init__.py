"""What tests stand on: real databases, real servers, a real browser."""
