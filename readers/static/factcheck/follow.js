/* Follows on this device: asks for permission after a click, subscribes, and stops again. Without scripts the page has
   the form for e-mails alone. */

/**
 * What the server says that this device follows; `this` is the number of what the page is about.
 *
 * @typedef {{ this: number | null, followed: { id: number, title: string, language: string }[] }} Followed
 */

const box = document.getElementById("device");
/** @type {Followed} */
const NOTHING = { this: null, followed: [] };

/** Something that readers are told in the words of the server. */
class Refusal extends Error {}

/** @param {HTMLElement} root */
function start(root) {
  const given = root.dataset;
  const status = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (root.querySelector("[data-list]"));
  const items = document.createElement("ul");
  items.className = "follows";
  items.setAttribute("aria-labelledby", "device-list");
  list.querySelector("h3")?.after(items);
  /** @type {HTMLButtonElement[]} */
  const buttons = [...root.querySelectorAll("button")];
  const [follow, stop, stopAll] = buttons;

  /** @param {string} words The name of a text of the page, or the text itself. */
  const say = (words) => {
    status.textContent = status.dataset[words] ?? words;
  };

  /** The part of the site where the worker acts; it is registered with the first click. */
  const registered = () => navigator.serviceWorker.getRegistration(given.scope);

  async function subscribed() {
    const found = await (await registered())?.pushManager.getSubscription();
    return found && isOurs(found, given.key ?? "") ? found : null;
  }

  /**
   * @param {string} act
   * @param {PushSubscription} subscription
   * @param {Record<string, string>} [more]
   * @returns {Promise<Followed>}
   */
  async function ask(act, subscription, more = {}) {
    const { endpoint = "", keys = {} } = subscription.toJSON();
    const form = new URLSearchParams({ act, endpoint, p256dh: keys.p256dh, auth: keys.auth, ...more });
    if (given.kind) form.set(given.kind, given.value ?? "");
    const answer = await fetch(given.address ?? "", { method: "POST", body: form, credentials: "omit" });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refusal(said.message ?? "");
    return said;
  }

  /** @param {Followed} now */
  function show(now) {
    follow.hidden = now.this !== null;
    stop.hidden = now.this === null;
    stop.dataset.follow = String(now.this);
    list.hidden = now.followed.every((one) => one.id === now.this);
    items.replaceChildren(...now.followed.map(item));
  }

  /** @param {{ id: number, title: string, language: string }} one */
  function item(one) {
    const row = document.createElement("li");
    const title = document.createElement("bdi");
    title.textContent = one.title;
    if (one.language) title.lang = one.language;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = given.stop ?? "";
    button.setAttribute("aria-label", (given.stopOne ?? "").replace("{title}", () => one.title));
    button.addEventListener("click", () => during(() => end("stop", { follow: String(one.id) })));
    row.append(title, button);
    return row;
  }

  /** @param {() => Promise<HTMLElement | void>} act What to do; it gives what has the focus next. */
  async function during(act) {
    /** @type {HTMLElement | void} */
    let next = undefined;
    say("");
    root.setAttribute("aria-busy", "true");
    for (const button of buttons) button.disabled = true;
    try {
      next = await act();
    } catch (error) {
      say((error instanceof Refusal && error.message) || "failed");
    }
    for (const button of buttons) button.disabled = false;
    root.removeAttribute("aria-busy");
    next?.focus();
  }

  async function begin() {
    if ((await Notification.requestPermission()) !== "granted") {
      say("denied");
      return follow;
    }
    const before = await subscribed();
    const subscription = before ?? (await subscribe(given.worker ?? "", given.scope ?? "", given.key ?? ""));
    try {
      show(await ask("follow", subscription));
    } catch (error) {
      if (!before) await subscription.unsubscribe();
      throw error;
    }
    say("following");
    return stop;
  }

  /**
   * @param {string} act
   * @param {Record<string, string>} [more]
   */
  async function end(act, more) {
    const subscription = await subscribed();
    const now = subscription ? await ask(act, subscription, more) : NOTHING;
    if (!now.followed.length) {
      await subscription?.unsubscribe();
      await (await registered())?.unregister();
    }
    show(now);
    say("stopped");
    return now.this === null ? follow : stop;
  }

  async function look() {
    const subscription = await subscribed();
    show(subscription ? await ask("look", subscription).catch(() => NOTHING) : NOTHING);
    if (Notification.permission === "denied") say("denied");
  }

  root.hidden = false;
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    say("unsupported");
    return;
  }
  follow.addEventListener("click", () => during(begin));
  stop.addEventListener("click", () => during(() => end("stop", { follow: stop.dataset.follow ?? "" })));
  stopAll.addEventListener("click", () => during(() => end("stop-all")));
  during(look);
}

/** @param {string} key In base64url. */
function bytes(key) {
  return Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}

/**
 * Whether a subscription is for this key: after the site changed its key, an older one gets nothing.
 *
 * @param {PushSubscription} subscription
 * @param {string} key
 */
function isOurs(subscription, key) {
  const theirs = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  return bytes(key).join() === theirs.join();
}

/**
 * @param {string} address Of the worker's script.
 * @param {string} scope
 * @param {string} key
 */
async function subscribe(address, scope, key) {
  const registration = await navigator.serviceWorker.register(address, { scope, updateViaCache: "none" });
  await active(registration);
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
}

/**
 * Only an active worker can be sent to. `navigator.serviceWorker.ready` waits for one of this page, which is not ours.
 *
 * @param {ServiceWorkerRegistration} registration
 */
async function active(registration) {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return;
  await new Promise((resolve, reject) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve(null);
      if (coming.state === "redundant") reject(new Error("The worker could not be installed."));
    });
  });
}

if (box) start(box);
