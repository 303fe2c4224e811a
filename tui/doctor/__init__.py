"""`rillet doctor`: what is used, where that came from, and whether it works.

    origins     every setting, and who said so
    reaching    the endpoint, asked for its models
    places      files and folders, and whether they can be written
    terminal    what the terminal says of itself
    versions    what is installed

Each gives findings (`tui.core.findings`). Of secrets it is told whether they are set, and how long
they are.
"""
