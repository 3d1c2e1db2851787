/** Closes an open part of the main navigation by Escape, by a click or by leaving it. */
const openPart = () => document.querySelector(".navigation__more[open]");

document.addEventListener("keydown", (event) => {
    const part = openPart();
    if (event.key === "Escape" && part) {
        const within = part.contains(document.activeElement);
        part.open = false;
        if (within) {
            part.querySelector("summary").focus();
        }
    }
});

for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, ({ target }) => {
        const part = openPart();
        if (part && !part.contains(target)) {
            part.open = false;
        }
    });
}
