"""A shell script a shot that asks Luma for its picture with curl. The key comes from the environment."""

import json
from collections.abc import Iterator
from hashlib import sha256
from shlex import quote

from app.exporters._luma_scripts import KEY, PICTURES, TARGETS, URL, URL_NAME, Told, filled, on_one_line, told
from app.exporters.base import Exporter, Options, Reel

HEAD = """#!/usr/bin/env bash
# {title}
# Asks Luma for {what}: one request, which costs what Luma charges for it. Needs bash, curl and base64.
# Run it with your key of the Luma Agents API in the environment variable {key}.
set -euo pipefail

: "${{{key}:?Put your key of the Luma Agents API in this environment variable.}}"
base=${{{url}:-{luma}}}
cd -- "$(dirname -- "${{BASH_SOURCE[0]}}")"
"""

FIND = """
find_picture() {
  local file
  for file in "$1".png "$1".jpg "$1".jpeg "$1".webp "$1".gif "$1".mp4; do
    if [ -f "$file" ]; then
      printf '%s' "$file"
      return
    fi
  done
  printf 'There is no picture %s.png (or .jpg, .webp, .gif, .mp4) here: put it there.\\n' "$1" >&2
  return 1
}

picture() {
  local kind
  case "$1" in
    *.png) kind=image/png ;;
    *.webp) kind=image/webp ;;
    *.gif) kind=image/gif ;;
    *.mp4) kind=video/mp4 ;;
    *) kind=image/jpeg ;;
  esac
  printf '{"media_type": "%s", "data": "' "$kind"
  base64 < "$1" | tr -d '\\r\\n'
  printf '"}'
}
"""

SEND = """
body | curl --silent --show-error --fail-with-body \\
  --header @<(printf 'Authorization: Bearer %s\\n' "${key}") \\
  --header 'Content-Type: application/json' \\
  --data-binary @- \\
  "$base/generations"
printf '\\nAsk for it by its id: curl --header "Authorization: Bearer ${key}" %s/generations/ID\\n' "$base" >&2
"""


class Curl(Exporter):
    """A request as it stands, correctly quoted whatever the prompt holds; references are files beside the script."""

    id = "curl"
    label = "Shell script for Luma"
    suffix = "sh"
    media_type = "text/x-shellscript; charset=utf-8"
    group = "Scripts and data"
    used_for = "A terminal, or a program of your own that talks to Luma"
    carries = {
        "order": "words",
        "slate": "words",
        "prompt": "fields",
        "negative": "words",
        "params": "fields",
        "references": "fields",
    }
    lacks = (
        "The reference pictures themselves: put them into the folder references under the names that the script says. "
        "It asks for the picture and does not wait for it. Shots for another maker's model are worded anew for Uni-1, "
        "clips for Ray 3.2."
    )
    one_each = True
    needs_prompts = True
    targets = TARGETS

    def write(self, reel: Reel, options: Options) -> bytes:
        """Write the script of the one shot."""
        del options
        return "".join(_script(told(reel.shots[0]))).encode()


def _script(what: Told) -> Iterator[str]:
    moves = what.shot.target.medium == "video"
    made = f"a {'clip' if moves else 'picture'} by {what.shot.target.label}"
    yield HEAD.format(title=on_one_line(what.shot.title), what=made, key=KEY, url=URL_NAME, luma=URL)
    yield from (f"# {on_one_line(one)}\n" for one in what.unsent)
    if what.files:
        yield FIND + "\n"
    for number, file in enumerate(what.files, start=1):
        yield f"# {on_one_line(file.words)}\npicture_{number}=$(find_picture {quote(f'{PICTURES}/{file.stem}')})\n"
    yield "\nbody() {\n"
    yield from (f"  {line}\n" for line in _body(what))
    yield "}\n"
    yield SEND.replace("${key}", f"${KEY}")


def _body(what: Told) -> Iterator[str]:
    """Yield what prints the body piece by piece: a picture is too long for the arguments of a program."""
    stems = [file.stem for file in what.files]
    mark = sha256(json.dumps(what.body).encode()).hexdigest()  # which no prompt can hold
    marked = json.dumps(filled(what.body, lambda stem: f"{mark} {stems.index(stem) + 1}"), ensure_ascii=False)
    for number, piece in enumerate(marked.split(f'"{mark} ')):
        index, _, rest = piece.partition('"') if number else ("", "", piece)
        if index:
            yield f'picture "$picture_{index}"'
        yield f"printf '%s' {quote(rest)}"
