/**
 * A form that saves itself while someone types. What the server does not have yet is kept in this
 * browser; without the script, every button of the form saves.
 */
const PAUSE = 1500;
const AGAIN = 10_000;
const PREFIX = "kept-form:";

class KeptForm extends HTMLElement {
    #form;
    #state;
    #timer;
    #saving;
    #isChanged = false;

    connectedCallback() {
        this.#form = this.querySelector("form");
        this.#state = this.querySelector("[role=status]");
        this.#restore();
        this.#form.addEventListener("input", ({ target }) => this.#note(target));
        this.#form.addEventListener("submit", () => {
            clearTimeout(this.#timer);
            this.#saving?.abort();
        });
        addEventListener("online", () => this.#isChanged && this.#save());
        addEventListener("pagehide", () => clearTimeout(this.#timer));
    }

    get #key() {
        return PREFIX + this.dataset.key;
    }

    /** All that is typed; files go with the form alone. */
    #typed() {
        const typed = new FormData(this.#form);
        for (const [name, value] of [...typed]) {
            if (typeof value !== "string") {
                typed.delete(name);
            }
        }
        return typed;
    }

    #note(target) {
        if (target.type === "file") {
            return;
        }
        this.#isChanged = true;
        this.#keep();
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#save(), PAUSE);
    }

    #keep() {
        const typed = this.#typed();
        typed.delete("csrfmiddlewaretoken");
        try {
            localStorage.setItem(this.#key, JSON.stringify([...typed]));
        } catch {
            // No room or not allowed: the server still gets it.
        }
    }

    async #save() {
        this.#saving?.abort();
        const saving = new AbortController();
        this.#saving = saving;
        this.#isChanged = false;
        try {
            const answer = await fetch(location.pathname, {
                method: this.#form.method,
                body: this.#typed(),
                headers: { Accept: "application/json" },
                signal: saving.signal,
            });
            await this.#read(answer);
        } catch {
            if (!saving.signal.aborted) {
                this.#fail(this.dataset.offline);
                this.#timer = setTimeout(() => this.#save(), AGAIN);
            }
        }
    }

    async #read(answer) {
        if (answer.status === 401) {
            const { login } = await answer.json();
            this.#fail(this.dataset.login);
            const link = Object.assign(document.createElement("a"), {
                href: login,
                textContent: this.dataset.loginLink,
            });
            this.#state.append(" ", link);
            return;
        }
        if (answer.status === 403 || answer.status === 409) {
            this.#fail((await answer.json()).error ?? this.dataset.refused);
            return;
        }
        if (!answer.ok) {
            throw new Error(String(answer.status));
        }
        const { saved } = await answer.json();
        // What was typed in the meantime is saved after the next pause.
        if (!this.#isChanged) {
            localStorage.removeItem(this.#key);
        }
        this.#state.textContent = `${this.dataset.saved} ${saved}`;
        this.#state.classList.remove("sharing__state--failed");
    }

    #fail(text) {
        this.#isChanged = true;
        this.#keep();
        this.#state.textContent = text;
        this.#state.classList.add("sharing__state--failed");
    }

    /** Put back what the server did not get, and send it there. */
    #restore() {
        let kept;
        try {
            kept = JSON.parse(localStorage.getItem(this.#key));
        } catch {
            return;
        }
        if (!Array.isArray(kept)) {
            return;
        }
        const typed = new Map();
        for (const [name, value] of kept) {
            typed.set(name, [...(typed.get(name) ?? []), value]);
        }
        for (const field of this.#form.elements) {
            const values = typed.get(field.name) ?? [];
            if (["checkbox", "radio"].includes(field.type)) {
                field.checked = values.includes(field.value);
            } else if (field.type !== "file" && field.type !== "hidden" && values.length) {
                field.value = values[0];
            }
        }
        this.#state.textContent = this.dataset.restored;
        this.#timer = setTimeout(() => this.#save(), PAUSE);
    }
}

customElements.define("kept-form", KeptForm);
