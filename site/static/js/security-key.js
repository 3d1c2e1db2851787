/** Asks the browser for a security key when its form is sent, and sends what the key answers. */

const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
        .replace(/\+/g, "-")
        .replace(/\//g, "_")
        .replace(/=+$/, "");

const withBytes = (keys) => keys?.map((key) => ({ ...key, id: toBytes(key.id) }));

/** Returns the server's options as the browser wants them: bytes instead of base64url. */
function readOptions({ publicKey: options }) {
    const publicKey = { ...options, challenge: toBytes(options.challenge) };
    if (options.user) {
        publicKey.user = { ...options.user, id: toBytes(options.user.id) };
    }
    publicKey.excludeCredentials = withBytes(options.excludeCredentials);
    publicKey.allowCredentials = withBytes(options.allowCredentials);
    return { publicKey };
}

/** Returns what the key has answered as JSON, with base64url instead of bytes. */
function writeAnswer(credential) {
    const { response } = credential;
    const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
    const answer = Object.fromEntries(
        parts.filter((part) => response[part]).map((part) => [part, toText(response[part])]),
    );
    if (response.getTransports) {
        answer.transports = response.getTransports();
    }
    return JSON.stringify({
        id: credential.id,
        rawId: toText(credential.rawId),
        type: credential.type,
        response: answer,
        clientExtensionResults: credential.getClientExtensionResults(),
    });
}

for (const form of document.querySelectorAll("[data-security-key]")) {
    const failure = form.querySelector(".form__failure");
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        failure.hidden = true;
        try {
            const options = readOptions(JSON.parse(document.getElementById(form.dataset.options).textContent));
            const credential = await navigator.credentials[form.dataset.securityKey](options);
            form.elements.credential.value = writeAnswer(credential);
            form.submit();
        } catch {
            failure.textContent = form.dataset.failure;
            failure.hidden = false;
        }
    });
}
