"""`python -m app` is `printlight`."""

from app.cli import main

main()
