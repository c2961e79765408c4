/** The editor of a page about the newsroom: its field's label is its name, its text has its own direction. */
import { appears, find } from "../http/elements.js";

const label = find(document, "label[for=id_body_html]");
const editor = await appears(document.body, ".ProseMirror");
editor.dir = "auto";
editor.setAttribute("aria-label", label.textContent?.trim() ?? "");
