/** The page takes the rest of the window, below whatever the admin site shows above it. */
import { find } from "../http/elements.js";

const page = find(document, ".review");

function fit() {
    page.style.setProperty("--review-top", `${Math.round(page.getBoundingClientRect().top + scrollY)}px`);
}

fit();
addEventListener("resize", fit);
