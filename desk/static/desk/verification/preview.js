/**
 * The preview of a claim: phone or desktop, light or dark, in one of the site's languages.
 *
 * The page in the frame is the readers' own. Its width decides what it looks like, so the frame has the width of a
 * device and is shrunk to the room there is.
 */

/** Pixels beside a phone: the share card at its narrowest, and the gap. */
const BESIDE = 192;
/** @type {HTMLElement | null} */
const stage = document.querySelector(".publish-stage");

/** @param {HTMLElement} root */
function mount(root) {
    const frame = /** @type {HTMLIFrameElement} */ (root.querySelector("iframe"));
    const device = /** @type {HTMLElement} */ (root.querySelector("[data-device]"));
    const shots = /** @type {HTMLElement} */ (device.parentElement);
    const language = /** @type {HTMLSelectElement | null} */ (root.querySelector("[data-lang]"));
    const alone = /** @type {HTMLAnchorElement | null} */ (root.querySelector("[data-alone]"));
    const isDarkDesk = document.documentElement.classList.contains("dark");
    let look = "light";

    const load = () => {
        const query = new URLSearchParams({ look, ...(language ? { lang: language.value } : {}) });
        frame.src = `${root.dataset.frame}?${query}`;
        if (alone) alone.href = frame.src;
    };

    const fit = () => {
        const styles = getComputedStyle(device);
        const width = Number.parseFloat(styles.getPropertyValue("--frame-width"));
        const isPhone = device.classList.contains("publish-phone");
        const columns = getComputedStyle(shots).gridTemplateColumns.split(" ").length;
        const beside = isPhone && columns > 1 ? BESIDE : 0;
        const room = shots.clientWidth - beside - (isPhone ? 16 : 2);
        device.style.setProperty("--scale", String(Math.min(1, room / width)));
    };

    /** @param {HTMLElement} chosen */
    const press = (chosen) => {
        const group = /** @type {HTMLElement} */ (chosen.closest("[role=group]"));
        for (const button of group.querySelectorAll("button")) {
            button.setAttribute("aria-pressed", String(button === chosen));
        }
    };

    root.addEventListener("click", (event) => {
        const chosen = event.target instanceof Element ? event.target.closest("button") : null;
        if (!chosen) return;
        if (chosen.dataset.width) {
            press(chosen);
            device.classList.toggle("publish-phone", chosen.dataset.width === "phone");
            device.classList.toggle("publish-desktop", chosen.dataset.width === "desktop");
            fit();
        }
        if (chosen.dataset.look) {
            press(chosen);
            look = chosen.dataset.look;
            load();
        }
    });
    language?.addEventListener("change", load);
    new ResizeObserver(fit).observe(shots);
    fit();
    if (isDarkDesk) {
        /** @type {HTMLElement | null} */ (root.querySelector("[data-look=dark]"))?.click();
    }
}

if (stage) mount(stage);
