"""The bridge: what it serves, to whom, and to whom not."""
