"""Tests by floor, stories by key and sight, pictures by terminal size."""
