"""Printlight: shots in, prompts and pictures out. Read app/pipeline.py first.

The layers, from the floor up; a line never imports one above it:

    errors          what a person is told when something is wrong
    registry        plug-ins, found by looking
    physics         floats in, floats out: optics, light, colour of light
    vocab           the terms of a camera department, read from vocab/*.toml
    schema          what a shot is, and what the compiler returns
    resolve, match  what a shot says and what follows from it; names and numbers in free text
    lint            what cannot be true together
    parse           any text back as a shot; notes as patches
    compile         a shot lowered to clauses that no model has worded yet
    dialects        how each kind of model likes to be spoken to
    pipeline        the main path, whole
    importers       another program's file as shots
    previz          a physically based still of a resolved shot
    views           what a person sees of a shot: departments in a line, lamps, the light plan
    backends        services and programs that turn a prompt into a picture
    exporters       shots in their order as another program, or a person, reads them
    files, db       pictures by their hash; rows
    library         projects, shots, revisions and takes, kept
    jobs            durable work: nothing sent twice, nothing lost
    cli, mcp, web   the doors
"""
