"""Growing Markdown text: pieces that stay, pieces that may change, rows of styled spans."""
