"""The door for assistants: the Model Context Protocol over standard input and output.

A tool is a method of one of the classes here; its docstring and the descriptions of its arguments are all that a model
reads of it, so they are written for somebody who has never seen the program. `server.py` hands them over.
"""
