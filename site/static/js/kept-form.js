/**
 * A form that saves itself while someone types. What the server is not known to have yet is kept in
 * this browser, with the state that it was typed on; without the script, every button of the form
 * saves.
 */
const PAUSE = 1500;
const AGAIN = 10_000;
const PREFIX = "kept-form:";
const REFUSED = [403, 409];

/** The copies in this browser; it may have no room for any, or not be allowed to. */
const copies = {
    read(key) {
        try {
            const { base, fields } = JSON.parse(localStorage.getItem(PREFIX + key));
            return typeof base === "string" && Array.isArray(fields) ? { base, fields } : null;
        } catch {
            return null;
        }
    },
    write(key, copy) {
        try {
            localStorage.setItem(PREFIX + key, JSON.stringify(copy));
        } catch {
            // The server still gets it.
        }
    },
    /** Delete all copies whose keys are not wanted. */
    sweep(isWanted) {
        try {
            for (const name of Object.keys(localStorage)) {
                if (name.startsWith(PREFIX) && !isWanted(name.slice(PREFIX.length))) {
                    localStorage.removeItem(name);
                }
            }
        } catch {
            // Nothing was kept, then.
        }
    },
};

/** Deletes copies of stories that are sent, or gone: the page says which. */
class KeptCopies extends HTMLElement {
    connectedCallback() {
        const { forget, keep } = this.dataset;
        const kept = keep?.split(" ") ?? [];
        copies.sweep((key) => {
            const [token] = key.split("/");
            return keep === undefined ? token !== forget : kept.includes(token);
        });
    }
}

/** The values of a form's fields by name, without files and what people do not see. */
function valuesOf(form, read) {
    const values = new Map();
    for (const field of form.elements) {
        if (field.name && !["file", "hidden", "submit", "fieldset"].includes(field.type)) {
            values.set(field.name, [...(values.get(field.name) ?? []), ...read(field)]);
        }
    }
    return values;
}

function current(field) {
    if (["checkbox", "radio"].includes(field.type)) {
        return field.checked ? [field.value] : [];
    }
    return field.value ? [field.value] : [];
}

/** What the page came with, whatever a browser has put back into the fields. */
function original(field) {
    if (["checkbox", "radio"].includes(field.type)) {
        return field.defaultChecked ? [field.value] : [];
    }
    const values = field.options
        ? [...field.options].filter((one) => one.defaultSelected).map((one) => one.value)
        : [field.defaultValue];
    return values.filter(Boolean);
}

class KeptForm extends HTMLElement {
    #form;
    #base;
    #state;
    #timer;
    #saving;
    /** The fields' values as the server is known to have them. */
    #known;
    #isLeaving = false;

    connectedCallback() {
        this.#form = this.querySelector("form");
        this.#base = this.#form.elements.base;
        this.#state = this.querySelector("[role=status]");
        this.#known = valuesOf(this.#form, original);
        this.#restore();
        this.#form.addEventListener("input", ({ target }) => this.#note(target));
        this.#form.addEventListener("submit", (event) => this.#leave(event));
        this.#form.addEventListener("focusin", () => this.#uncover());
        addEventListener("online", () => this.#changed().length > 0 && this.#save());
        addEventListener("pagehide", () => clearTimeout(this.#timer));
        addEventListener("pageshow", () => (this.#isLeaving = false));
        visualViewport?.addEventListener("resize", () => this.#riseAbove());
        document.querySelector(".sharing__errors")?.focus();
    }

    get #key() {
        return this.dataset.key;
    }

    /** The fields, with their values, that the server is not known to have. */
    #changed() {
        const values = valuesOf(this.#form, current);
        return [...values].filter(([name, value]) => {
            const known = this.#known.get(name) ?? [];
            return JSON.stringify(value) !== JSON.stringify(known);
        });
    }

    #note(target) {
        if (target.type === "file") {
            return;
        }
        this.#keep();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#save(), PAUSE);
    }

    /** Keep what is not saved, and nothing else. */
    #keep() {
        const fields = this.#changed();
        if (fields.length > 0) {
            copies.write(this.#key, { base: this.#base.value, fields });
        } else {
            copies.sweep((key) => key !== this.#key);
        }
    }

    /** Save; tells whether the form may be left: nothing is lost then. */
    async #save() {
        clearTimeout(this.#timer);
        this.#saving?.abort();
        const saving = new AbortController();
        this.#saving = saving;
        const sent = valuesOf(this.#form, current);
        const body = new FormData(this.#form);
        for (const [name, value] of [...body]) {
            if (typeof value !== "string") {
                body.delete(name);
            }
        }
        try {
            const answer = await fetch(location.pathname, {
                method: this.#form.method,
                body,
                headers: { Accept: "application/json" },
                signal: saving.signal,
            });
            return await this.#read(answer, sent);
        } catch {
            if (!saving.signal.aborted) {
                this.#fail(this.dataset.offline);
                this.#timer = setTimeout(() => this.#save(), AGAIN);
            }
            return false;
        }
    }

    async #read(answer, sent) {
        if (answer.status === 401) {
            const { login } = await answer.json();
            this.#fail(this.dataset.login);
            const link = Object.assign(document.createElement("a"), {
                href: login,
                textContent: this.dataset.loginLink,
            });
            this.#state.append(" ", link);
            this.#uncover();
            return false;
        }
        if (REFUSED.includes(answer.status)) {
            this.#fail((await answer.json()).error ?? this.dataset.refused);
            return true; // the page that comes says why, and shows what was typed
        }
        if (!answer.ok) {
            throw new Error(String(answer.status));
        }
        const { saved, base, conflict } = await answer.json();
        this.#known = sent;
        this.#base.value = base;
        this.#keep(); // what was typed in the meantime is saved after the next pause
        this.#say(`${this.dataset.saved} ${saved}${conflict ? `. ${this.dataset.conflict}` : ""}`);
        this.#state.classList.remove("sharing__state--failed");
        return true;
    }

    /** Leave by a button once all is saved; without a connection, stay and say so. */
    async #leave(event) {
        if (this.#isLeaving) {
            return;
        }
        event.preventDefault();
        if (await this.#save()) {
            this.#isLeaving = true;
            this.#form.requestSubmit(event.submitter);
        }
    }

    #fail(text) {
        this.#keep();
        this.#say(text);
        this.#state.classList.add("sharing__state--failed");
    }

    #say(text) {
        this.#state.textContent = text;
        this.#uncover();
    }

    /** Move the page so that the line does not lie on the field in which someone types. */
    #uncover() {
        const field = document.activeElement;
        if (!this.#form.contains(field) || !this.#state.textContent) {
            return;
        }
        const line = this.#state.getBoundingClientRect();
        const box = field.getBoundingClientRect();
        // A field that is higher than the screen keeps its place: its end is not where one types.
        if (box.bottom > line.top && box.top < line.bottom && box.height < line.top / 2) {
            scrollBy({ top: box.bottom - line.top + 8, behavior: "instant" });
        }
    }

    #riseAbove() {
        const covered = innerHeight - visualViewport.height - visualViewport.offsetTop;
        this.style.setProperty("--keyboard", `${Math.max(0, Math.round(covered))}px`);
        this.#uncover();
    }

    /** Put back what the server did not get; by itself only if nobody has changed the story since. */
    #restore() {
        const copy = copies.read(this.#key);
        if (copy === null) {
            copies.sweep((key) => key !== this.#key);
            return;
        }
        if (copy.base === this.#base.value) {
            this.#fill(copy.fields);
            this.#keep();
            if (this.#changed().length > 0) {
                this.#say(this.dataset.restored);
                this.#timer = setTimeout(() => this.#save(), PAUSE);
            }
            return;
        }
        const fields = copy.fields.filter(([name, value]) => this.#isMissing(copy, name, value));
        if (fields.length === 0) {
            copies.sweep((key) => key !== this.#key);
            return;
        }
        this.#say(this.dataset.changed);
        this.#state.append(
            this.#button(this.dataset.take, () => {
                // With its own base, so that the server keeps the other text as well.
                this.#base.value = copy.base;
                this.#fill(fields);
                this.#save();
            }),
            this.#button(this.dataset.drop, () => {
                copies.sweep((key) => key !== this.#key);
                this.#say("");
            }),
        );
    }

    /** Tell whether a field of an older copy says something that the form does not. */
    #isMissing(copy, name, value) {
        const known = this.#known.get(name);
        // What was typed for one picture is not for the next.
        const isOver = name.startsWith("neu-") && this.#lastPicture(copy.base) !== this.#lastPicture();
        return known !== undefined && !isOver && JSON.stringify(known) !== JSON.stringify(value);
    }

    #lastPicture(base = this.#base.value) {
        try {
            return JSON.parse(base).bilder;
        } catch {
            return undefined;
        }
    }

    #fill(fields) {
        const typed = new Map(fields);
        for (const field of this.#form.elements) {
            const values = typed.get(field.name);
            if (values === undefined || ["file", "hidden", "submit"].includes(field.type)) {
                continue;
            }
            if (["checkbox", "radio"].includes(field.type)) {
                field.checked = values.includes(field.value);
            } else {
                field.value = values[0] ?? "";
            }
        }
    }

    #button(text, act) {
        const button = Object.assign(document.createElement("button"), {
            type: "button",
            textContent: text,
        });
        button.addEventListener("click", act);
        return button;
    }
}

customElements.define("kept-copies", KeptCopies);
customElements.define("kept-form", KeptForm);
