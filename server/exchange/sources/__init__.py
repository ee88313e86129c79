"""Files that come: whatever they are, into one table of texts."""
