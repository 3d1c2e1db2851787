/** A button that copies the page's address, where the browser lets us. */
class CopyLink extends HTMLElement {
    connectedCallback() {
        const button = this.querySelector("button");
        if (!button || !navigator.clipboard) {
            return;
        }
        button.hidden = false;
        button.addEventListener("click", () => this.#copy());
    }

    async #copy() {
        const status = this.querySelector("[role='status']");
        try {
            await navigator.clipboard.writeText(this.dataset.url);
            status.textContent = this.dataset.done;
        } catch {
            // Not allowed: the address stands above the button and can be marked by hand.
            status.textContent = "";
        }
    }
}

customElements.define("copy-link", CopyLink);
