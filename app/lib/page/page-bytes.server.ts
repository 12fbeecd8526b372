/** A part of a page: text, or what was a text before, as it goes to the browser. */
export type PagePart = string | Uint8Array;

/**
 * The parts one after the other as the browser gets them. Most of a page is the same bytes as in the page before; put together
 * as texts, all of it was written out anew each time, and one dash in it doubled the room that every letter took.
 */
export function pageBytes(parts: readonly PagePart[]): Buffer<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += typeof part === "string" ? Buffer.byteLength(part) : part.length;
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") at += bytes.write(part, at);
    else {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}
