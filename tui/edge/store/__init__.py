"""Where conversations are kept, so that nothing is lost and everything is found.

One SQLite file, `chats.db`. How it stays whole, and why so:

- **A write-ahead log, synchronous=NORMAL.** A commit is one append, 0.2 ms, so that a question is
  on the disk before its request leaves, and lists are read while an answer is written. What the
  power takes is at most the latest commits, never the file. Where no such log can be had (some
  network drives), a rollback journal with synchronous=FULL does the same more slowly.
- **One thread writes, another reads.** Nothing here waits on the event loop, and a list does not
  wait for a write. Every write begins with BEGIN IMMEDIATE: a transaction that begins as a reader
  fails as soon as a second Rillet has written in between.
- **A file lock round writes and checkpoints.** Before 3.51.3 SQLite can damage a database with a
  write-ahead log when two connections write and checkpoint at the same instant. Holding the lock
  also makes it certain that nobody writes while a damaged file is moved aside, and a look at the
  inode under it tells that somebody did.
- **Pieces.** An answer that is being written is a row whose words follow as pieces, so that a
  commit costs what the delta costs and not the whole reply. Its end writes it whole and takes the
  pieces away, in one transaction.
- **Owners.** A process holds a lock on a file of its own for as long as it lives. A row still
  streaming whose owner's file is free was interrupted, whoever has its process number now.
- **Numbers that follow the time.** A message's row number begins with the second at which it was
  said, so the full-text index gives the newest hits first without sorting all of them, imported
  ones included. The index holds no text: what is shown of a hit is cut from the message itself.
- **What cannot be written** is kept in memory in its order and tried again; until then it is read
  from a small database in memory, so the conversation looks as it would if it had been saved.
- **Pictures are files** beside it, each once, named by what is in them; see `pictures`.
- **Nothing is thrown away.** A damaged file is moved aside, and what can be read of it is put into
  a new one. Text is kept byte for byte, halves of surrogate pairs and NUL included.
"""

from tui.edge.store.store import Store, new_id

__all__ = ["Store", "new_id"]
