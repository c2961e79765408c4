/* Shows the notifications that a reader asked for, and opens the page of the one that is pressed. It runs apart from
   all pages, and no request of a page goes through it. */

const worker = /** @type {any} */ (self);
const ICON = "/static/factcheck/touch-icon.png";
const CHANGES = "/follow/device/";

/**
 * What the server encrypted (followers/services/push_messages.py).
 *
 * @param {{ title: string, body: string, path: string, tag: string, language: string, direction: string }} said
 */
function show(said) {
  const { body, tag, language: lang, direction: dir, path } = said;
  return worker.registration.showNotification(said.title, { body, tag, lang, dir, icon: ICON, data: { path } });
}

/** @param {string} path */
async function open(path) {
  const address = new URL(path, worker.location.origin);
  if (address.origin !== worker.location.origin) return;
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = pages.find((/** @type {any} */ page) => page.url.split("#")[0] === address.href);
  await (there ? there.focus() : worker.clients.openWindow(address.href));
}

/**
 * The browser changed the subscription by itself: the server learns the new one.
 *
 * @param {PushSubscription | null} old
 * @param {PushSubscription | null} given
 */
async function move(old, given) {
  const was = old?.toJSON();
  if (!old || !was?.endpoint) return;
  const applicationServerKey = old.options.applicationServerKey;
  const now = given ?? (await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  const { endpoint, keys } = now.toJSON();
  const form = new URLSearchParams({ act: "move", endpoint: was.endpoint, auth: was.keys?.auth ?? "" });
  form.set("new_endpoint", endpoint);
  form.set("new_p256dh", keys.p256dh);
  form.set("new_auth", keys.auth);
  await fetch(CHANGES, { method: "POST", body: form, credentials: "omit" });
}

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("push", (/** @type {any} */ event) => {
  if (event.data) event.waitUntil(show(event.data.json()));
});
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.path));
});
worker.addEventListener("pushsubscriptionchange", (/** @type {any} */ event) => {
  event.waitUntil(move(event.oldSubscription, event.newSubscription));
});
