"""Used while developing, not by the tests."""
