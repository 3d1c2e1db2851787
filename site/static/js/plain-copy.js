/** Soft hyphens help a narrow screen; what people copy has none. */
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
