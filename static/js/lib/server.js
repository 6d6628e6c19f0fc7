// JSON from our own server; throws when there is none.
export async function fetchJson(url) {
  return (await ask(url, { headers: { Accept: "application/json" } })).json();
}

// JSON to our own server; an error answer is thrown with its message and hint.
export function send(method, url, body, options = {}) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return ask(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), ...options });
}

// A form's fields to our own server, with the same errors.
export function sendForm(method, url, fields) {
  return ask(url, { method, headers: { Accept: "application/json" }, body: new URLSearchParams(fields) });
}

// A file to our own server, with the same errors.
export function sendFile(url, file) {
  const body = new FormData();
  body.append("file", file);
  return ask(url, { method: "POST", headers: { Accept: "application/json" }, body });
}

/** Ask our own server; no answer, or an error, is thrown with a message and a hint. */
export async function ask(url, request) {
  let answer;
  try {
    answer = await fetch(url, request);
  } catch {
    throw { status: 0, message: "The studio does not answer.", hint: "Is it still running? What you typed is kept here." };
  }
  if (answer.ok) return answer;
  let said = {};
  try {
    said = await answer.json();
  } catch {
    said = {};
  }
  throw { status: answer.status, message: said.message ?? `The studio answered ${answer.status}.`, hint: said.hint ?? "" };
}
