/** A card with two sides. Without this script both sides are there, one below the other. */
class TurnCard extends HTMLElement {
    #faces = [];
    #button = null;

    connectedCallback() {
        this.#faces = [...this.querySelectorAll(".turn-card__face")];
        this.#button = this.querySelector(".turn-card__button");
        if (this.#faces.length !== 2 || !this.#button) {
            return;
        }
        this.classList.add("turn-card--ready");
        this.#button.hidden = false;
        this.#button.addEventListener("click", () => this.#show(!this.#turned));
        this.#show(false);
    }

    get #turned() {
        return this.#button.getAttribute("aria-pressed") === "true";
    }

    /** The side that is turned away is out of reach for keyboards and screen readers, too. */
    #show(turned) {
        this.#button.setAttribute("aria-pressed", String(turned));
        this.classList.toggle("turn-card--turned", turned);
        this.#faces.forEach((face, index) => {
            face.inert = (index === 1) !== turned;
        });
    }
}

customElements.define("turn-card", TurnCard);
