"""The checks of a cut, one file each, found by looking: the file's name is the check's code."""
