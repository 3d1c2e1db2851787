/** A search field that offers words and pages while someone types; without it, the form works. */
const PAUSE = 150;
const SHORTEST = 2;

class SearchSuggestions extends HTMLElement {
    #input;
    #list;
    #status;
    #timer;
    #asked = "";

    connectedCallback() {
        this.#input = this.querySelector("input");
        this.#list = Object.assign(document.createElement("ul"), {
            id: `${this.#input.id}-suggestions`,
            className: "suggestions",
            hidden: true,
            role: "listbox",
            // What scrolls could else be reached by Tab.
            tabIndex: -1,
            ariaLabel: this.dataset.label,
        });
        this.#status = Object.assign(document.createElement("p"), {
            className: "visually-hidden",
            role: "status",
        });
        this.append(this.#list, this.#status);
        this.#input.role = "combobox";
        this.#input.ariaAutoComplete = "list";
        this.#input.ariaExpanded = "false";
        this.#input.setAttribute("aria-controls", this.#list.id);
        this.#input.addEventListener("input", () => this.#wait());
        this.#input.addEventListener("keydown", (event) => this.#press(event));
        // Someone may have typed while this was loaded.
        if (this.contains(document.activeElement)) {
            this.#wait();
        }
        this.addEventListener("focusout", (event) => {
            if (!this.contains(event.relatedTarget)) {
                this.#close();
            }
        });
    }

    #wait() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#ask(), PAUSE);
    }

    async #ask() {
        const typed = this.#input.value.trim();
        this.#asked = typed;
        if (typed.length < SHORTEST) {
            this.#close();
            return;
        }
        try {
            const answer = await fetch(`${this.dataset.url}?${new URLSearchParams({ q: typed })}`);
            const found = answer.ok ? await answer.json() : { words: [], pages: [] };
            // Someone who types fast is answered once, to what was typed last.
            if (typed === this.#asked && this.contains(document.activeElement)) {
                this.#show([...found.words, ...found.pages]);
            }
        } catch {
            this.#close();
        }
    }

    #show(suggestions) {
        this.#list.replaceChildren(...suggestions.map((one, number) => this.#option(one, number)));
        this.#list.hidden = !suggestions.length;
        this.#input.ariaExpanded = String(Boolean(suggestions.length));
        this.#input.removeAttribute("aria-activedescendant");
        this.#status.textContent = suggestions.length
            ? `${suggestions.length} ${this.dataset.label}`
            : "";
    }

    #option({ text, kind, url }, number) {
        const option = Object.assign(document.createElement("li"), {
            id: `${this.#list.id}-${number}`,
            className: "suggestions__option",
            role: "option",
            ariaSelected: "false",
        });
        option.append(text);
        if (kind) {
            option.append(
                " ",
                Object.assign(document.createElement("span"), {
                    className: "suggestions__kind",
                    textContent: kind,
                }),
            );
        }
        // The field keeps the focus until it has been chosen.
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => location.assign(url));
        return option;
    }

    #press(event) {
        const options = [...this.#list.children];
        const chosen = options.findIndex((option) => option.ariaSelected === "true");
        if (event.key === "Escape" && !this.#list.hidden) {
            event.preventDefault();
            this.#close();
        } else if (event.key === "Enter" && chosen >= 0 && !this.#list.hidden) {
            event.preventDefault();
            options[chosen].click();
        } else if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            // Before the first and after the last one stands the field itself.
            const places = options.length + 1;
            this.#choose(options, (chosen + 1 + step + places) % places - 1);
        }
    }

    #choose(options, number) {
        this.#list.hidden = false;
        this.#input.ariaExpanded = "true";
        options.forEach((option, place) => {
            option.ariaSelected = String(place === number);
        });
        if (number < 0) {
            this.#input.removeAttribute("aria-activedescendant");
            return;
        }
        this.#input.setAttribute("aria-activedescendant", options[number].id);
        options[number].scrollIntoView({ block: "nearest" });
    }

    #close() {
        clearTimeout(this.#timer);
        this.#asked = "";
        this.#list.hidden = true;
        this.#input.ariaExpanded = "false";
        this.#input.removeAttribute("aria-activedescendant");
        this.#status.textContent = "";
    }
}

customElements.define("search-suggestions", SearchSuggestions);
