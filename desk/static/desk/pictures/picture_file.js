/** A file that somebody chose as a picture: what can be said before it is sent. The server looks at what is in it. */
import { gettext } from "../http/texts.js";

const MEGABYTE = 1024 * 1024;

/**
 * What is wrong with a file; empty for one that can be sent.
 * @param {{size: number, type: string}} file @param {number} limit in bytes; 0 where it is not known
 */
export function fileFault(file, limit) {
    if (file.type && !file.type.startsWith("image/")) return gettext("This is not a picture. You can use JPEG, PNG, WebP, AVIF or GIF.");
    if (!file.size) return gettext("This file is empty. Choose the picture again.");
    if (limit && file.size > limit) return gettext("This file is larger than %(limit)s MB. Save it smaller.", { limit: Math.floor(limit / MEGABYTE) });
    return "";
}
