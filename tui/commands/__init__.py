"""What each command does: from its arguments to its exit code.

A module is imported when its command was given, so it may import what it needs; `opening` is
careful all the same, since the first paint waits for it.
"""

FAILED = 1
"""The exit code when it could not be done."""
