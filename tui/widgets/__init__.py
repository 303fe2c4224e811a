"""What the screens are made of. A widget knows its own messages and nothing of its neighbours."""
