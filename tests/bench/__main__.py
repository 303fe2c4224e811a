"""All the figures, one after the other."""

import asyncio

from tests.bench import bench_counting, bench_markdown, bench_start, bench_stream, bench_tokens

if __name__ == "__main__":
    bench_start.main()
    asyncio.run(bench_stream.measure())
    bench_tokens.main()
    asyncio.run(bench_counting.main())
    bench_markdown.main()
