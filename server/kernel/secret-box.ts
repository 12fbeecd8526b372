import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Keeps secrets that must be read again (an authenticator's) and marks those that need only be recognized (codes). */
export type SecretBox = {
  /** Encrypts for one owner and purpose: opened under another `context` it does not open at all. */
  seal(plain: Uint8Array, context: string): string;
  /** Opens what any of the shop's secrets sealed. Throws when the text was changed, or sealed for another context or by none of them. */
  open(sealed: string, context: string): Uint8Array;
  /** What everything begins with that the first secret sealed; the rest waits to be sealed anew. */
  readonly present: string;
  /** There is an older secret, on its way out. */
  readonly rotating: boolean;
  /** A keyed hash: without the key, not even a short code can be guessed back from it. */
  mark(text: string, context: string): string;
  /** The marks that each of the shop's secrets makes, the first secret's first. */
  marks(text: string, context: string): readonly string[];
  /** What the oldest secret marks with, to be kept sealed where the marked text is not known: it tells nothing of the secret. */
  readonly oldestMarkingKey: Uint8Array;
};

/** Sealed by a secret that the shop has given up, or changed since. */
export class SealedByNone extends Error {
  override readonly name = "SealedByNone";

  constructor() {
    super("Nothing of what the shop's secrets give opens this: was an older SESSION_SECRET dropped too early?");
  }
}

/** The same mark as {@link SecretBox.mark}, with a key of one's own. */
export function markWith(key: Uint8Array, text: string, context: string): string {
  return createHmac("sha256", key).update(`${context}\n${text}`).digest("base64url");
}

/**
 * Keys are derived from the shop's secrets, one per use, so that none of them tells anything about another. The first
 * secret seals and marks; what an older one sealed still opens. A sealed text begins with its key's name and a dot; without
 * one it is from before keys had names, and every key is tried.
 */
export function createSecretBox(secrets: readonly [string, ...string[]]): SecretBox {
  const [first, ...older] = secrets.map(keysOf) as [Keys, ...Keys[]];
  const all = [first, ...older];
  return {
    seal(plain, context) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", first.sealing, nonce).setAAD(Buffer.from(context));
      const bytes = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      return `${first.name}.${bytes.toString("base64url")}`;
    },
    open(sealed, context) {
      const [name, text] = sealed.includes(".") ? sealed.split(".", 2) : [null, sealed];
      for (const keys of all) {
        if (name !== null && name !== keys.name) continue;
        const plain = opened(keys, Buffer.from(text ?? "", "base64url"), context);
        if (plain) return plain;
      }
      throw new SealedByNone();
    },
    present: `${first.name}.`,
    rotating: older.length > 0,
    mark: (text, context) => markWith(first.marking, text, context),
    marks: (text, context) => all.map(({ marking }) => markWith(marking, text, context)),
    oldestMarkingKey: (older.at(-1) ?? first).marking,
  };
}

type Keys = { readonly name: string; readonly sealing: Buffer; readonly marking: Buffer };

function keysOf(secret: string): Keys {
  const key = (use: string) => Buffer.from(hkdfSync("sha256", secret, "", `kraftverk:${use}`, 32));
  return { name: key("name").toString("base64url").slice(0, 8), sealing: key("seal"), marking: key("mark") };
}

function opened(keys: Keys, bytes: Buffer, context: string): Uint8Array | null {
  try {
    const decipher = createDecipheriv("aes-256-gcm", keys.sealing, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}
