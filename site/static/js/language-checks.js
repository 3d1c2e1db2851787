// The language checks beside a page's form: fetched anew whenever the preview has taken the form's state.

const panel = document.querySelector("[data-language-checks]");
const preview = document.querySelector("[data-w-preview-url-value]");
let pending;

async function refresh() {
    pending?.abort();
    pending = new AbortController();
    const address = new URL(preview.dataset.wPreviewUrlValue, window.location.href);
    address.searchParams.set("language-checks", "");
    try {
        const response = await fetch(address, { signal: pending.signal });
        if (response.status !== 200) {
            return; // the form cannot be read yet: what stands there stays
        }
        const opened = panel.querySelector("details")?.open ?? false;
        panel.innerHTML = await response.text();
        const help = panel.querySelector("details");
        if (help) {
            help.open = opened;
        }
    } catch (error) {
        if (error.name !== "AbortError") {
            throw error;
        }
    }
}

if (panel && preview) {
    document.addEventListener("w-preview:updated", refresh);
}
