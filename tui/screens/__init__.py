"""The screens; `chat` conducts."""
