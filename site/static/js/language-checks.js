// The language checks beside a page's form: fetched anew whenever the preview has taken the form's state.

let pending;

async function refresh() {
    // Both anew each time: the first autosave of a new page replaces the preview and its address.
    const panel = document.querySelector("[data-language-checks]");
    const preview = document.querySelector("[data-w-preview-url-value]");
    if (!panel || !preview) {
        return;
    }
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

document.addEventListener("w-preview:updated", refresh);
