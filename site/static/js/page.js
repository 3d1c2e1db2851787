/** What every page does: what people copy is plain, and a search field suggests once it is used. */

// Soft hyphens help a narrow screen; copied text has none.
const plain = (text) => text.replaceAll("\u00ad", "");

document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    const text = String(selection);
    if (!text.includes("\u00ad") || !selection.rangeCount) {
        return;
    }
    const copied = document.createElement("div");
    copied.append(selection.getRangeAt(0).cloneContents());
    event.clipboardData.setData("text/plain", plain(text));
    event.clipboardData.setData("text/html", plain(copied.innerHTML));
    event.preventDefault();
});

// Most visits search nothing, and then nothing is loaded for it.
document.addEventListener("focusin", ({ target }) => {
    const script = target.closest("search-suggestions")?.dataset.script;
    if (script) {
        import(script);
    }
});
