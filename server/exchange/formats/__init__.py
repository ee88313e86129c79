"""The formats of files that leave."""
