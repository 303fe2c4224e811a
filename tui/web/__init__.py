"""The bridge: a page, server-sent events and an OpenAI-compatible endpoint, over one spine.

    service      uvicorn: listens, and ends in an orderly way
    hurry        heads of requests, bounded in bytes and in time
    guard        who may ask what: hosts, origins, the token, sizes; the access log
    app          the routes
    chat         /v1/chat/completions and /v1/models
    runs         /stream: replies that wait to be fetched once, and can be taken up again
    page         /: one file, `page.html`
    asked        what a program asks -> a request, or what is wrong with it
    completions  deltas -> OpenAI's chunks, or one whole completion
    errors       what went wrong, in OpenAI's form
    exchange     one turn, and the tape between it and its reader
    tape         a bounded row of pieces
    answers      responses that end when their reader leaves
    desk         how many turns may run at once, and the end of all

Nothing here is imported before `rillet serve` is called: FastAPI and uvicorn are the extra `web`.
"""
