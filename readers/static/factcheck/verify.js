/* Verifies in the reader's browser that the record behind this page is in the public log, unchanged.

   The same steps as tools/verify_proof.py; docs/log.md says how they hang together. Everything is fetched once, when
   the reader asks; after that the button works offline. Words come from the page, so that they are translated there. */

const section = document.querySelector("[data-verify]");
const encoder = new TextEncoder();

class Failed extends Error {}
class Unchecked extends Error {}

function check(condition) {
  if (!condition) throw new Failed();
}

function concatenate(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concatenate(...parts)));
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function unbase64(text, length) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw new Failed();
  }
  check(btoa(String.fromCharCode(...bytes)) === text && (length === undefined || bytes.length === length));
  return bytes;
}

function number(text) {
  check(/^(0|[1-9][0-9]{0,15})$/.test(text));
  return Number(text);
}

/* The parts of a tlog-proof: c2sp.org/tlog-proof, with a signed checkpoint at its end (c2sp.org/tlog-checkpoint). */
function readProof(text) {
  const blank = text.indexOf("\n\n");
  const lines = text.slice(0, blank).split("\n");
  check(blank > 0 && lines[0] === "c2sp.org/tlog-proof@v1" && lines.length >= 3);
  check(lines[1].startsWith("extra ") && lines[2].startsWith("index "));
  const note = text.slice(blank + 2);
  const end = note.lastIndexOf("\n\n");
  check(end > 0 && note.endsWith("\n"));
  const signed = note.slice(0, end + 1);
  const [origin, size, root] = signed.split("\n");
  return {
    entry: unbase64(lines[1].slice(6)),
    index: number(lines[2].slice(6)),
    path: lines.slice(3).map((line) => unbase64(line, 32)),
    signed,
    origin,
    size: number(size),
    root: unbase64(root, 32),
    signatures: note.slice(end + 2, -1).split("\n"),
  };
}

/* What the log's entry has to say about a record with these bytes, in the order of canonical JSON (RFC 8785). */
function entryOf(document, digest, index, previous) {
  return JSON.stringify({
    at: document.published_at,
    claim: document.claim.id,
    kind: document.kind,
    previous_record_sha256: previous,
    record_sha256: digest,
    revision: document.revision,
    seq: index + 1,
  });
}

/* RFC 9162 §2.1.3.2, with the hashing of RFC 6962 §2.1. Halves are divided, not shifted: a log may pass 2^32. */
async function rootFrom({ entry, index, size, path }) {
  check(index < size);
  let [place, last] = [index, size - 1];
  let hash = await sha256([0], entry);
  for (const sibling of path) {
    check(last > 0);
    if (place % 2 === 1 || place === last) {
      hash = await sha256([1], sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = await sha256([1], hash, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  check(last === 0);
  return hash;
}

/* The public key of a line of /log/key (name+id+base64), and the four bytes that name it in signatures. */
async function readKey(line) {
  const [name, id, ...rest] = line.split("+");
  const data = unbase64(rest.join("+"), 33);
  const named = (await sha256(encoder.encode(`${name}\n`), data)).slice(0, 4);
  check(data[0] === 1 && hex(named) === id);
  return { name, id, bytes: data.slice(1) };
}

async function isSigned(proof, keys) {
  let verified = 0;
  for (const line of proof.signatures) {
    const [dash, name, text] = line.split(" ");
    check(dash === "—" && text);
    const data = unbase64(text);
    const key = keys.find((known) => known.name === name && known.id === hex(data.slice(0, 4)));
    if (!key || name !== proof.origin) continue;
    let usable;
    try {
      usable = await crypto.subtle.importKey("raw", key.bytes, { name: "Ed25519" }, false, ["verify"]);
    } catch {
      throw new Unchecked();
    }
    check(await crypto.subtle.verify({ name: "Ed25519" }, usable, data.slice(4), encoder.encode(proof.signed)));
    verified += 1;
  }
  check(verified > 0);
}

function normalize(text) {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/* Whether the words a reader sees above are the record's. */
function isShown(record) {
  const wanted = { "[data-record='statement']": record.claim.text };
  if (record.verdict) {
    wanted["[data-record='verdict']"] = record.verdict.rating.label;
    wanted["[data-record='summary']"] = record.verdict.summary;
  }
  if (record.retraction) wanted["[data-record='summary']"] = record.retraction.note;
  return Object.entries(wanted).every(([place, words]) => {
    const element = document.querySelector(place);
    return element && normalize(element.textContent) === normalize(words);
  });
}

/* One step after the other, each as [name, act]. A failure ends them: what follows would rest on it. */
function steps({ bytes, proofText, keyText }) {
  let record, digest, proof;
  return [
    ["hash", async () => {
      digest = hex(await sha256(bytes));
      check(digest === section.dataset.sha256);
    }],
    ["words", async () => {
      record = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
      check(isShown(record));
    }],
    ["entry", async () => {
      proof = readProof(proofText);
      const text = new TextDecoder("utf-8", { fatal: true }).decode(proof.entry);
      check(text === entryOf(record, digest, proof.index, JSON.parse(text).previous_record_sha256));
      check(record.seq === proof.index + 1);
    }],
    ["log", async () => check(hex(await rootFrom(proof)) === hex(proof.root))],
    ["signature", async () => isSigned(proof, await Promise.all(keyText.trim().split("\n").map(readKey)))],
  ];
}

let fetched;

async function fetchAll() {
  const get = async (address) => {
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
    return answer;
  };
  const { record, proof, key } = section.dataset;
  const [bytes, proofText, keyText] = await Promise.all([
    get(record).then((answer) => answer.arrayBuffer()),
    get(proof).then((answer) => answer.text()),
    get(key).then((answer) => answer.text()),
  ]);
  return { bytes: new Uint8Array(bytes), proofText, keyText };
}

function showStep(name, outcome) {
  const line = section.querySelector(`[data-step="${name}"]`);
  line.dataset.state = outcome;
  line.querySelector(".state").textContent = section.dataset[outcome];
}

function showResult(outcome) {
  const result = section.querySelector(".result");
  result.dataset.state = outcome;
  result.textContent = section.dataset[`result${outcome}`];
}

async function verify() {
  for (const line of section.querySelectorAll("[data-step]")) {
    delete line.dataset.state;
    line.querySelector(".state").textContent = "";
  }
  showResult("Running");
  if (!globalThis.crypto?.subtle) return showResult("Unable");
  try {
    fetched ??= await fetchAll();
  } catch {
    return showResult("Unreachable");
  }
  let outcome = "Holds";
  for (const [name, act] of steps(fetched)) {
    try {
      await act();
      showStep(name, "holds");
    } catch (error) {
      if (!(error instanceof Unchecked)) {
        showStep(name, "fails");
        return showResult("Fails");
      }
      showStep(name, "unchecked");
      outcome = "Partly";
    }
  }
  return showResult(outcome);
}

if (section) {
  const button = section.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await verify();
    } finally {
      button.disabled = false;
    }
  });
}
