"""What Comfy-Org's own SDK makes of a ComfyUI behind its own proxy, as JSON. Run by tests/peers/test_comfy.py.

COMFY_BASE_URL names the proxy; standard input holds the graphs.
"""

import hashlib
import json
import sys
from typing import Any

from comfy_sdk import Comfy
from comfy_sdk.events import Preview, Progress, StatusChange
from comfy_sdk.exceptions import InvalidWorkflow


def main() -> None:
    """Upload, run, listen, cancel and be refused; print what came of it."""
    given = json.load(sys.stdin)
    with Comfy() as client:
        answers = {
            "drawn": drawn(client, given["drawn"]),
            "again": again(client, given["drawn"]),
            "heard": heard(client, given["heard"]),
            "cancelled": cancelled(client, given["long"]),
            "refused": refused(client, given["refused"]),
            "failed": failed(client, given["failed"]),
        }
    json.dump(answers, sys.stdout)


def drawn(client: Comfy, graph: dict[str, Any]) -> dict[str, Any]:
    """Upload a picture, draw with it, and fetch what was saved."""
    workflow = client.workflows.from_json(graph)
    workflow.set_input(
        "10", "image", client.assets.from_bytes(bytes.fromhex(graph["10"]["_meta"]["hex"]), filename="still.png")
    )
    job = client.run(workflow, timeout=20)
    outputs = job.get_outputs("9")
    return {
        "status": job.status,
        "name": outputs[0].name,
        "type": outputs[0].content_type,
        "sha256": hashlib.sha256(outputs[0].to_bytes()).hexdigest(),
        "sent": job.get_workflow().graph["10"]["inputs"]["image"],
    }


def again(client: Comfy, graph: dict[str, Any]) -> dict[str, Any]:
    """Draw the same once more: the server has it."""
    job = client.run(client.workflows.from_json(graph), timeout=20)
    return {"status": job.status, "name": job.get_outputs("9")[0].name}


def heard(client: Comfy, graph: dict[str, Any]) -> dict[str, Any]:
    """Listen to a job until it ends."""
    job = client.submit(client.workflows.from_json(graph))
    events = list(job.events())
    return {
        "values": [one.value for one in events if isinstance(one, Progress)],
        "steps": sorted({one.steps for one in events if isinstance(one, Progress) and one.steps}),
        "previews": sum(one.data.startswith(b"\xff\xd8\xff") for one in events if isinstance(one, Preview)),
        "last": [one.status for one in events if isinstance(one, StatusChange)][-1],
    }


def cancelled(client: Comfy, graph: dict[str, Any]) -> dict[str, Any]:
    """Stop a job that waits, then the one that draws."""
    running = client.submit(client.workflows.from_json(graph))
    while running.refresh().status == "queued":
        pass
    other = json.loads(json.dumps(graph))
    other["3"]["inputs"]["seed"] += 1
    waiting = client.submit(client.workflows.from_json(other))
    position = waiting.refresh().status
    waiting.cancel()
    still = running.refresh().status
    running.cancel()
    return {"waiting": [position, waiting.refresh().status], "running": [still, running.wait(timeout=20).status]}


def refused(client: Comfy, graph: dict[str, Any]) -> str:
    """Send what cannot be drawn."""
    try:
        client.submit(client.workflows.from_json(graph))
    except InvalidWorkflow as error:
        return str(error)
    return ""


def failed(client: Comfy, graph: dict[str, Any]) -> str:
    """Send what breaks while it is drawn."""
    job = client.submit(client.workflows.from_json(graph)).wait(timeout=20)
    return f"{job.status}: {job.error}"


if __name__ == "__main__":
    main()
