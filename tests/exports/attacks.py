"""What a model could write to do harm where a conversation is looked at."""

ATTACKS = (
    *("<script>alert(1)</script>", "</title><script>alert(1)</script>", "</style><b>", "<!--"),
    *("<img src=x onerror=alert(1)>", "</p></main><form action=x>", "<a href='javascript:x'>"),
    *("[a](javascript:alert(1))", "[a](data:text/html,<script>)", "[a](vbscript:x)"),
    *("![a](http://a.example/x.png)", "![a](data:text/html;base64,PHM+)", "[a](//a.example)"),
    *("[![a](http://a.example/x)](http://b.example)", "[a](jAvAsCrIpT&#58;x)"),
    *('[a](http://a.example/"onclick=alert(1))', "[a](http://a.example 'x\" onclick=\"y')"),
    *('```"><script>\nx\n```', '``` x"onclick=y\n```', "[a](java\tscript:x)", "<javascript:x>"),
    *("\u202e\u2066evil", "\x1b[31m", "\0", "\ud800", "\x9b31m", "<http://a.example/'\">"),
    *("| a | b |\n|:-:|--:|\n| <b> | `|` |", "[a]: javascript:x\n\n[a]"),
)
