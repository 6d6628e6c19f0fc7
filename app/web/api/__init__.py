"""Everything that a page can do, by HTTP with JSON: one file a noun, found by looking, described at `/api`.

A module holds a `router` made by `_forms.door`. Its operations call the library and the desk as the routes of the pages
do; what they take and answer is typed, and its names and docstrings are the document at `/api/openapi.json`.
"""
