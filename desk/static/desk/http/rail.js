/** The menu as a rail of icons: each icon says on hover where it leads. */
import { findAll } from "./elements.js";

for (const link of findAll(document, ".desk-rail #nav-sidebar li a")) {
    const words = [...link.querySelectorAll("span:not(.material-symbols-outlined)")].map((one) => one.textContent?.trim()).filter(Boolean);
    link.title = words.join(" ");
}
