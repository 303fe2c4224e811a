"""Small sources in many languages, with everything that goes over a line's end."""

SOURCES = {
    "python": '''\
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """A point.

    It has two "coordinates" and 'quotes' in its text.
    """

    x: int = 0x1F
    y: float = 1.5e3


def greet(name: str, *, loud: bool = False) -> str:
    text = f"Hello {name!r:>{10}}" + r"\\d+"  # a comment
    long = \'\'\'several
    lines {of} text\'\'\'
    return text if not loud else text.upper()


async def main() -> None:
    async with open("a") as file:
        print(await file.read(), sep="\\n", end='')
''',
    "rust": """\
use std::collections::HashMap;

/* a comment
   over /* nested */ lines */
#[derive(Debug, Clone)]
pub struct Point<'a, T: Copy> {
    name: &'a str,
    value: T,
}

impl<'a, T: Copy> Point<'a, T> {
    /// Documentation.
    pub fn new(name: &'a str, value: T) -> Self {
        let raw = r#"raw "text" here"#;
        println!("{} {:?}", raw, 'c');
        Self { name, value }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = "several
lines";
    let mut map: HashMap<String, u32> = HashMap::new();
    map.insert(text.to_string(), 0xff_u32);
    Ok(())
}
""",
    "json": """\
{
  "name": "value \\u00e9 \\n",
  "list": [1, 2.5e-3, true, false, null],
  "nested": {"a": {"b": []}}
}
""",
    "bash": """\
#!/bin/bash
set -euo pipefail
# a comment
name="World and ${USER:-nobody}"
if [[ -n "$name" && $# -gt 0 ]]; then
    echo "Hello, ${name}!" | tee -a out.txt
fi
text="several
lines with $name"
for file in $(ls *.py); do
    wc -l "$file" > /dev/null 2>&1
done
echo 'single
quotes over lines'
function run() { local x=$((1 + 2)); return 0; }
""",
    "javascript": """\
import { a } from './a.js';

/* a comment
 * over lines with "quotes"
 */
class Cart extends Base {
  #items = [];
  constructor(name = 'x') {
    super();
    this.name = `several ${name}
lines ${1 + 2} here`;
  }
  get total() {
    return this.#items.reduce((sum, { price }) => sum + price * 1.19, 0); // rest
  }
}
const pattern = /ab+c[/]/gi;
export default async function main() { await fetch("http://x.org"); }
""",
    "typescript": """\
interface Point<T> { readonly x: number; y?: string; }

/** Documentation
 *  over lines. */
export const add = (a: number, b: number): number => a + b;
type Name = 'a' | "b";
enum Kind { One = 1, Two }
let text: string = `a ${add(1, 2)}
b`;
""",
    "c": """\
#include <stdio.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))

/* A comment
   over several lines with "quotes" and int */
typedef struct node {
    int value;
    struct node *next;
} node_t;

static int add(int a, const char *text)
{
    for (int i = 0; i < 10; i++) {
        printf("%d\\n", i); // rest
    }
    return a + 0x1f;
}
""",
    "cpp": """\
#include <vector>
/* over
   lines */
namespace a {
template <typename T> class Box : public Base {
 public:
  explicit Box(T value) : value_(std::move(value)) {}
  auto get() const -> const T& { return value_; }
 private:
  T value_{};
};
}  // namespace a
""",
    "java": """\
package org.x;

/**
 * Documentation of {@link Main}.
 */
public class Main {
    private static final String TEXT = "a";

    @Override
    public int add(int a, int b) throws Exception {
        return a + b; // rest
    }
}
""",
    "go": """\
package main

import "fmt"

/* over
   lines */
type Point struct{ X, Y int }

func (p *Point) Add(other Point) (int, error) {
	text := `several "quoted"
lines`
	fmt.Println(text, 'c', 1.5)
	return p.X + other.X, nil
}
""",
    "diff": """\
--- a/file.py
+++ b/file.py
@@ -1,3 +1,4 @@
 context
-removed line
+added line
+another
""",
    "html": """\
<!DOCTYPE html>
<html lang="en">
<head>
  <title>A &amp; B</title>
  <!-- a comment
       over lines -->
  <style>
    body { color: #fff; margin: 0 auto; }
    /* over
       lines */
  </style>
</head>
<body class="a"
      id="b">
  <p>Text <b>bold</b></p>
  <script>
    // a comment
    const text = `several
      lines`;
    function add(a, b) { return a + b; }
  </script>
</body>
</html>
""",
    "css": """\
/* a comment
   over lines */
@media (max-width: 600px) {
  .box > a:hover::before { content: "x"; color: rgba(0, 0, 0, .5); }
}
""",
    "yaml": """\
# a comment
name: value
list:
  - one
  - "two"
  - {a: 1, b: [x, y]}
text: |
  several lines
  of text: here
folded: >-
  more
  lines
last: true
""",
    "toml": '''\
[tool.x]
name = "value"
list = [1, 2.5, true]
text = """
several
lines"""
''',
    "sql": """\
-- a comment
SELECT a.id, COUNT(*) AS total
FROM accounts a /* over
   lines */ LEFT JOIN orders o ON o.account = a.id
WHERE a.name LIKE 'it''s%' AND o.total > 12.5
GROUP BY a.id;
INSERT INTO t (text) VALUES ('several
lines');
""",
    "ruby": """\
class Point < Struct
  attr_reader :x
  def add(other = nil)
    @x + other.x # rest
    puts "a #{@x} b"
  end
end
""",
}
