import { type PagePart, pageBytes } from "./page-bytes.server.ts";

/** Parts of the pages as they were drawn before, for `drawnOnce`. */
export type DrawnPieces = {
  /** Whether a piece was drawn before, and by which number this page calls it. */
  find(key: string): { readonly known: boolean; readonly number: number };
  /** A text of the page, cut at its pieces, with them in their places; keeps those that it drew itself. */
  fill(text: string): readonly PagePart[];
};

const MOST_SIZE = 6_000_000;
const LARGEST = 200_000;
const MARK = /<template data-drawn="(before|from|to) (\d+)"><\/template>/;

/** What all pages of a process share, at most `mostSize` letters of keys and bytes of pieces. What was not used for longest goes first. */
export function createDrawn(mostSize = MOST_SIZE): () => DrawnPieces {
  const drawn = new Map<string, Uint8Array>();
  let size = 0;

  const forget = (key: string, bytes: Uint8Array) => {
    drawn.delete(key);
    size -= key.length + bytes.length;
  };
  const use = (key: string) => {
    const bytes = drawn.get(key);
    if (bytes === undefined) return null;
    drawn.delete(key);
    drawn.set(key, bytes);
    return bytes;
  };
  const keep = (key: string, bytes: Uint8Array) => {
    const before = drawn.get(key);
    if (before !== undefined) forget(key, before);
    if (bytes.length > LARGEST) return;
    drawn.set(key, bytes);
    size += key.length + bytes.length;
    for (const [oldest, its] of drawn) {
      if (size <= mostSize) break;
      forget(oldest, its);
    }
  };

  return () => {
    const pieces: { readonly key: string; readonly bytes: Uint8Array | null }[] = [];
    return {
      find(key) {
        const bytes = use(key);
        return { known: bytes !== null, number: pieces.push({ key, bytes }) - 1 };
      },
      fill(text) {
        if (pieces.length === 0) return [text];
        const [first = "", ...rest] = text.split(MARK);
        const filled: PagePart[] = [first];
        const begun = new Map<string, number>();
        for (let at = 0; at < rest.length; at += 3) {
          const [kind, number = "", after = ""] = rest.slice(at, at + 3);
          const piece = pieces[Number(number)];
          const from = begun.get(number);
          if (kind === "from") begun.set(number, filled.length);
          else if (kind === "before") filled.push(piece?.bytes ?? "");
          else if (piece && from !== undefined) keep(piece.key, pageBytes(filled.slice(from)));
          filled.push(after);
        }
        return filled;
      },
    };
  };
}
