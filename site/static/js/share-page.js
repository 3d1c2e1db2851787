/** A button that opens the device's own way of sharing, where there is one. */
class SharePage extends HTMLElement {
    connectedCallback() {
        const button = this.querySelector("button");
        if (!button || !navigator.share) {
            return;
        }
        button.hidden = false;
        button.addEventListener("click", () => this.#share());
    }

    async #share() {
        const { url, title, text } = this.dataset;
        try {
            await navigator.share({ url, title, text });
        } catch {
            // Cancelled by the person: nothing to do.
        }
    }
}

customElements.define("share-page", SharePage);
