// What is written is sealed for the server: this device cannot open it again (see masseter.journey.ground.mailbox).
export interface Sealed {
  key: string;
  sender: string;
  nonce: string;
  box: string;
}

const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** Seal words under the server's key for this person; the label is in the clear and belongs to the seal. */
export async function seal(box: string, purpose: string, label: string, words: unknown): Promise<Sealed> {
  const theirs = await crypto.subtle.importKey("raw", bytes(box), CURVE, false, []);
  const ours = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const stretched = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const text = new TextEncoder();
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode(purpose) };
  const key = await crypto.subtle.deriveKey(how, stretched, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const options = { name: "AES-GCM", iv, additionalData: text.encode(label) };
  const sealed = await crypto.subtle.encrypt(options, key, text.encode(JSON.stringify(words)));
  const sender = await crypto.subtle.exportKey("raw", ours.publicKey);
  return { key: label, sender: base64(sender), nonce: base64(iv), box: base64(sealed) };
}

const bytes = (text: string): BufferSource => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const base64 = (raw: ArrayBuffer | Uint8Array): string => {
  const all = raw instanceof Uint8Array ? raw : new Uint8Array(raw);
  return btoa(Array.from(all, (each) => String.fromCharCode(each)).join(""));
};
