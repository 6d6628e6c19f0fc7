"""Reads the arguments, runs one command, and turns every error into a sentence."""

import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from importlib import import_module

from app.errors import PrintlightError


@dataclass(frozen=True)
class Command:
    """One word of the command line. Its module is imported when it runs: compiling needs no database."""

    name: str
    help: str
    module: str
    arguments: tuple[str, ...]

    def run(self, arguments: Namespace) -> int:
        """Run `run_` and the command's name in its module."""
        status: int = getattr(import_module(f"app.cli.{self.module}"), f"run_{self.name}")(arguments)
        return status


ARGUMENTS: dict[str, dict[str, object]] = {
    "SHOT": {"help": "a TOML or JSON file, or - for standard input"},
    "compile SHOT": {"help": "a TOML or JSON file, or - for standard input; several become one prompt", "nargs": "+"},
    "check SHOT": {
        "help": "a TOML or JSON file, or - for standard input; of several the cuts between them, too",
        "nargs": "*",
    },
    "A": {"help": "a TOML or JSON file, - for standard input, or a shot of the library: SHOT, SHOT@REVISION"},
    "B": {"help": "what it is set against, named alike"},
    "FILE": {"help": "another program's file, a folder of pictures, a shared file, or - for standard input"},
    "backup FILE": {"help": "the file to write"},
    "restore FILE": {"help": "what `printlight backup` wrote"},
    "TEXT": {"help": "a prompt, the path of a picture or a text file, or - for standard input"},
    "note TEXT": {"help": "what is called on set: tighter, half a stop down, lose the hat"},
    "PICTURE": {"help": "a PNG, JPEG, WebP or MP4, from anywhere"},
    "QUERY": {"help": "words to look for", "nargs": "*"},
    "search QUERY": {"help": 'words, "phrases", lens:>=85, size:cu, tag:night, -tag:old, a or b', "nargs": "*"},
    "BACKEND": {"help": "one backend, to be asked what is there", "nargs": "?"},
    "TARGET": {"help": "one model, to be told whole", "nargs": "?"},
    "FILM": {"help": "one film, by its id", "nargs": "?", "default": ""},
    "--for": {"dest": "target", "metavar": "TARGET", "default": "uni-1", "help": "the model to write for (uni-1)"},
    "parse --for": {
        "dest": "target",
        "metavar": "TARGET",
        "default": "",
        "help": "the model that the text was written for (its form tells)",
    },
    "--on": {"dest": "backend", "metavar": "BACKEND", "default": "previz", "help": "where to shoot (previz)"},
    "NAME": {"help": "a film, a shot or a preset by its id; a preset also by its name"},
    "--out": {"metavar": "DIR", "default": ".", "help": "the folder for the picture (here)"},
    "import --out": {"metavar": "DIR", "help": "the folder for the shots, one JSON file each; else nothing is written"},
    "share --out": {"metavar": "FILE", "default": "", "help": "the file to write (its own name, here)"},
    "layers NAME": {"help": "a shot of the library, by its id"},
    "--give": {
        "metavar": "PART",
        "action": "append",
        "default": [],
        "help": "let the scene, or the film, say a part as this shot does: light, look, frame …; may come again",
    },
    "--to": {"choices": ("scene", "film"), "default": "scene", "help": "to whom a part is given (scene)"},
    "--follow": {
        "metavar": "SHOT",
        "nargs": "*",
        "help": "the other shots that change with it, or none (those that have it from there already)",
    },
    "export NAME": {
        "help": "a film or shot of the library by its id, or a TOML or JSON file; none: list the formats",
        "nargs": "?",
    },
    "--as": {"dest": "format", "metavar": "FORMAT", "default": "", "help": "which format"},
    "export --for": {
        "dest": "target",
        "metavar": "TARGET",
        "default": "",
        "help": "compile all shots for this model (each for its own; uni-1 for a file)",
    },
    "--film": {"metavar": "FILM", "default": "", "help": "the cuts of a film of the library, by its id"},
    "--scene": {"metavar": "NUMBER", "default": "", "help": "only the shots of this scene of the film"},
    "export --out": {"metavar": "FILE", "default": "", "help": "the file to write (its own name, here)"},
    "--numbers": {"action": "store_true", "help": "slate, take and timecode burnt into an animatic"},
    "OPERATION": {"help": "an operation by its name; none: list them all", "nargs": "?", "default": ""},
    "FIELDS": {"metavar": "NAME=VALUE", "help": "its fields; NAME=@FILE for what a file holds", "nargs": "*"},
    "api --out": {"metavar": "FILE", "default": "", "help": "the file to write the answer to (it is printed)"},
    "--takes": {"action": "store_true", "help": "with the takes that are circled or starred"},
    "--link": {"action": "store_true", "help": "print a link that carries the shot or preset, but no picture"},
    "--keep": {
        "metavar": "FILM",
        "nargs": "?",
        "const": "",
        "help": "keep a shared file in the library, a shot of it in FILM; else it is told what would be kept",
    },
    "plan --out": {"metavar": "FILE", "default": "", "help": "the PDF to write (the shot's name, here)"},
    "--paper": {"choices": ("a4", "letter"), "default": "a4", "help": "the paper, lying on its long side (a4)"},
    "--from": {"dest": "source", "metavar": "PROGRAM", "default": "", "help": "whose file it is (the file tells)"},
    "--vary": {
        "action": "append",
        "required": True,
        "metavar": "PATH=VALUES",
        "help": "a field and its values with commas, camera.focal_mm=24,35,85; twice for a grid",
    },
    "sweep --out": {"metavar": "DIR", "default": ".", "help": "the folder for the contact sheet (here)"},
    "--plain": {"action": "store_true", "help": "the plain one-sentence version instead"},
    "--json": {"action": "store_true", "help": "print JSON"},
    "--profile": {
        "choices": ("picture", "set"),
        "default": "picture",
        "help": "check what a picture can show (picture), or also gear and a physical camera (set)",
    },
    "--fix": {"action": "store_true", "help": "take the fixes that are offered, and write them into the file"},
    "--write": {"action": "store_true", "help": "write the changes into the file"},
    "--local": {"choices": ("yes", "no"), "default": "", "help": "keep FILM on this machine, or let it leave"},
    "--prompts-stay": {
        "choices": ("yes", "no"),
        "default": "",
        "help": "let copies of FILM leave without prompt and shot, or with them",
    },
    "--saved": {"metavar": "NAME", "help": "what a search that is kept by this name asks for; QUERY narrows it down"},
    "--limit": {"type": int, "default": 24, "help": "how many to print (24; up to 200)"},
    "--replace": {"action": "store_true", "help": "write over FILE where it is there already"},
    "restore --replace": {
        "action": "store_true",
        "help": "take the place of the library that is here, which is kept in a file first",
    },
    "--mend": {"action": "store_true", "help": "mend what can be mended; nothing is deleted"},
    "--host": {"default": "127.0.0.1", "help": "the address to listen on (127.0.0.1)"},
    "--name": {"default": "", "help": "what this process is called in the queue (its number)"},
    "--port": {"type": int, "default": 8600, "help": "the port to listen on (8600)"},
}

COMMANDS = (
    Command("compile", "write the prompt of one or several shots", "compiler", ("SHOT", "--for", "--plain", "--json")),
    Command(
        "check",
        "say what cannot be true of a shot, and what does not cut",
        "compiler",
        ("SHOT", "--film", "--scene", "--profile", "--fix", "--json"),
    ),
    Command(
        "shoot",
        "make a picture of a shot and keep it",
        "shoot",
        ("SHOT", "--for", "--on", "--plain", "--out", "--json"),
    ),
    Command(
        "sweep",
        "make takes that differ in one field, or two, and their contact sheet",
        "sweeping",
        ("SHOT", "--vary", "--for", "--on", "--plain", "--out", "--json"),
    ),
    Command(
        "import",
        "turn another program's file into shots, or bring in what somebody shared",
        "imports",
        ("FILE", "--from", "--out", "--keep", "--json"),
    ),
    Command(
        "export",
        "write a film, a scene or a shot as another program reads it",
        "exporting",
        ("NAME", "--as", "--for", "--scene", "--out", "--paper", "--numbers", "--json"),
    ),
    Command(
        "share",
        "save a film, a shot or a preset as one file, or print a link to it",
        "sharing",
        ("NAME", "--out", "--takes", "--link"),
    ),
    Command(
        "parse", "read any prompt, or a picture that carries one, as a shot", "reading", ("TEXT", "--for", "--json")
    ),
    Command("plan", "draw the lighting plan of a shot, for a set", "plan", ("SHOT", "--out", "--paper")),
    Command("note", "change a shot by what is called on set", "noting", ("SHOT", "TEXT", "--write", "--json")),
    Command(
        "diff", "say what differs between two shots, and in their prompts", "diffing", ("A", "B", "--for", "--json")
    ),
    Command(
        "layers",
        "say what a shot has from its scene and film, or give them a part of it",
        "layering",
        ("NAME", "--give", "--to", "--follow", "--json"),
    ),
    Command(
        "verify",
        "say where a picture or clip comes from, and whether it is as it was let out",
        "verify",
        ("PICTURE", "--json"),
    ),
    Command("targets", "list the models that Printlight writes for, or one whole", "targets", ("TARGET", "--json")),
    Command("backends", "list where pictures can be made, or ask one of them", "backends", ("BACKEND", "--json")),
    Command(
        "films",
        "list the films, or say what of one may leave",
        "films",
        ("FILM", "--local", "--prompts-stay", "--json"),
    ),
    Command("search", "find shots and takes in all films", "searching", ("QUERY", "--saved", "--limit", "--json")),
    Command("terms", "search the vocabulary", "compiler", ("QUERY", "--json")),
    Command("schema", "print the JSON Schema of a shot", "compiler", ()),
    Command("backup", "write the whole library into one file", "keeping", ("FILE", "--replace")),
    Command("restore", "bring a whole library back from a file", "keeping", ("FILE", "--replace")),
    Command("doctor", "say what is wrong with the library, and mend it", "keeping", ("--mend", "--json")),
    Command("work", "make what waits in the queue, beside other processes that do", "work", ("--name",)),
    Command(
        "api", "call an operation of the HTTP API, with no server", "asking", ("OPERATION", "FIELDS", "--out", "--json")
    ),
    Command("mcp", "let an assistant design and shoot, by the Model Context Protocol", "assistant", ()),
    Command("serve", "open the studio", "studio", ("--host", "--port")),
)


def main(argv: list[str] | None = None) -> None:
    """Run one command and exit with its status."""
    arguments = _parser().parse_args(argv)
    try:
        status = arguments.run(arguments)
    except PrintlightError as error:
        print(f"printlight: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
        status = error.exit_status
    except BrokenPipeError:
        sys.stderr.close()
        status = 0
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="printlight", description="A compiler for film shots.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help.capitalize() + ".")
        for name in command.arguments:
            own = ARGUMENTS.get(f"{command.name} {name}", ARGUMENTS[name])
            sub.add_argument(name, **own)  # type: ignore[arg-type]
        sub.set_defaults(run=command.run)
    return parser
