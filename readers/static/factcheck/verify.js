/* Verifies in the reader's browser that the record behind this page is in the public log, unchanged.

   The same steps as tools/verify_proof.py; docs/log.md explains them. Everything is fetched once, when the reader
   presses the button; after that the button works offline. Messages come from the page, where they are translated. */

/**
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 * @typedef {{entry: Bytes, index: number, path: Bytes[], signed: string, origin: string, size: number, root: Bytes,
 *            signatures: string[]}} Proof
 * @typedef {{name: string, id: string, bytes: Bytes}} Key
 */

const section = /** @type {HTMLElement|null} */ (document.querySelector("[data-verify]"));
const encoder = new TextEncoder();

/** A step found that something does not match. */
class Failed extends Error {}
/** This browser cannot do a step. */
class Unchecked extends Error {}

/** @param {unknown} condition @returns {asserts condition} */
function check(condition) {
  if (!condition) throw new Failed();
}

/** @param {...(Bytes|number[])} parts */
function concatenate(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param {...(Bytes|number[])} parts @returns {Promise<Bytes>} */
async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", concatenate(...parts)));
}

/** @param {Bytes} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text @param {number} [length] in bytes, when only one is right @returns {Bytes} */
function unbase64(text, length) {
  /** @type {Bytes} */
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw new Failed();
  }
  check(btoa(String.fromCharCode(...bytes)) === text && (length === undefined || bytes.length === length));
  return bytes;
}

/** @param {string|undefined} text */
function number(text) {
  check(text !== undefined && /^(0|[1-9][0-9]{0,15})$/.test(text));
  return Number(text);
}

/** The parts of a tlog-proof: c2sp.org/tlog-proof, with a signed checkpoint at its end (c2sp.org/tlog-checkpoint). @param {string} text @returns {Proof} */
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

/**
 * The log entry that belongs to a record with these bytes, in the order of canonical JSON (RFC 8785).
 * @param {any} document @param {string} digest @param {number} index @param {string} previous
 */
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

/** RFC 9162 §2.1.3.2, with the hashing of RFC 6962 §2.1. Halves are divided, not shifted: a log may pass 2^32. @param {Proof} proof */
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

/** The public key of a line of /log/key (name+id+base64), and the four bytes that name it in signatures. @param {string} line @returns {Promise<Key>} */
async function readKey(line) {
  const [name, id, ...rest] = line.split("+");
  const data = unbase64(rest.join("+"), 33);
  const named = (await sha256(encoder.encode(`${name}\n`), data)).slice(0, 4);
  check(data[0] === 1 && hex(named) === id);
  return { name, id, bytes: data.slice(1) };
}

/** @param {Proof} proof @param {Key[]} keys */
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

/** @param {string|null} text */
function normalize(text) {
  return (text ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
}

/** Whether the page shows the texts of the record. @param {any} record */
function isShown(record) {
  /** @type {Record<string, string>} */
  const wanted = { "[data-record='statement']": record.claim.text };
  if (record.headline) wanted["[data-record='headline']"] = record.headline;
  if (record.verdict) {
    wanted["[data-record='verdict']"] = record.verdict.rating.label;
    wanted["[data-record='summary']"] = record.verdict.summary;
  }
  if (record.retraction) wanted["[data-record='summary']"] = record.retraction.note;
  return Object.entries(wanted).every(([place, text]) => {
    const element = document.querySelector(place);
    return element && normalize(element.textContent) === normalize(text);
  });
}

/**
 * The steps in their order, each as [name, action]. The first failure ends the verification.
 * @param {Fetched} fetched
 * @returns {[name: string, action: () => Promise<void>][]}
 */
function steps({ bytes, proofText, keyText }) {
  /** @type {any} */
  let record;
  /** @type {string} */
  let digest;
  /** @type {Proof} */
  let proof;
  return [
    ["hash", async () => {
      digest = hex(await sha256(bytes));
      check(digest === section?.dataset.sha256);
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

/** @typedef {{bytes: Bytes, proofText: string, keyText: string}} Fetched */
/** @type {Fetched|undefined} */
let fetched;

/** @param {HTMLElement} place @returns {Promise<Fetched>} */
async function fetchAll(place) {
  /** @param {string|undefined} address */
  const get = async (address) => {
    if (!address) throw new TypeError("The page names no address.");
    const answer = await fetch(address, { credentials: "omit" });
    if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}`);
    return answer;
  };
  const { record, proof, key } = place.dataset;
  const [bytes, proofText, keyText] = await Promise.all([
    get(record).then((answer) => answer.arrayBuffer()),
    get(proof).then((answer) => answer.text()),
    get(key).then((answer) => answer.text()),
  ]);
  return { bytes: new Uint8Array(bytes), proofText, keyText };
}

/** Show a state and its message. @param {Element|null} element @param {string} state @param {string|undefined} message @param {Element|null} [line] */
function show(element, state, message, line = element) {
  if (state) line?.setAttribute("data-state", state);
  else line?.removeAttribute("data-state");
  if (element) element.textContent = message ?? "";
}

/** @param {HTMLElement} place */
async function verify(place) {
  /** @param {string} name @param {string} outcome */
  const showStep = (name, outcome) => {
    const line = place.querySelector(`[data-step="${name}"]`);
    show(line?.querySelector(".state") ?? null, outcome, place.dataset[outcome], line);
  };
  /** @param {string} outcome */
  const showResult = (outcome) => show(place.querySelector(".result"), outcome, place.dataset[`result${outcome}`]);

  for (const line of place.querySelectorAll("[data-step]")) show(line.querySelector(".state"), "", "", line);
  showResult("Running");
  if (!globalThis.crypto?.subtle) return showResult("Unable");
  try {
    fetched ??= await fetchAll(place);
  } catch {
    return showResult("Unreachable");
  }
  let outcome = "Holds";
  for (const [name, action] of steps(fetched)) {
    try {
      await action();
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
  if (button) button.hidden = false;
  button?.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await verify(section);
    } finally {
      button.disabled = false;
    }
  });
}
