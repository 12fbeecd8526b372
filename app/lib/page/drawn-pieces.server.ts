/** Parts of the pages as they were drawn before, for `drawnOnce`. */
export type DrawnPieces = {
  /** Whether a piece was drawn before, and by which number this page calls it. */
  find(key: string): { readonly known: boolean; readonly number: number };
  /** The page with the pieces in their places; keeps those that it drew itself. */
  fill(page: string): string;
};

const MOST_CHARACTERS = 6_000_000;
const LARGEST = 200_000;
const MARK = /<template data-drawn="(before|from|to) (\d+)"><\/template>/;

/** What all pages of a process share. What was not used for longest goes first. */
export function createDrawn(mostCharacters = MOST_CHARACTERS): () => DrawnPieces {
  const drawn = new Map<string, string>();
  let characters = 0;

  const forget = (key: string, text: string) => {
    drawn.delete(key);
    characters -= key.length + text.length;
  };
  const use = (key: string) => {
    const text = drawn.get(key);
    if (text === undefined) return null;
    drawn.delete(key);
    drawn.set(key, text);
    return text;
  };
  const keep = (key: string, text: string) => {
    const before = drawn.get(key);
    if (before !== undefined) forget(key, before);
    if (text.length > LARGEST) return;
    // A copy: a slice would hold on to the whole page that it was cut from.
    drawn.set(key, Buffer.from(text).toString());
    characters += key.length + text.length;
    for (const [oldest, its] of drawn) {
      if (characters <= mostCharacters) break;
      forget(oldest, its);
    }
  };

  return () => {
    const pieces: { readonly key: string; readonly text: string | null }[] = [];
    return {
      find(key) {
        const text = use(key);
        return { known: text !== null, number: pieces.push({ key, text }) - 1 };
      },
      fill(page) {
        if (pieces.length === 0) return page;
        const [first = "", ...rest] = page.split(MARK);
        let filled = first;
        const begun = new Map<string, number>();
        for (let at = 0; at < rest.length; at += 3) {
          const [kind, number = "", after = ""] = rest.slice(at, at + 3);
          const piece = pieces[Number(number)];
          const from = begun.get(number);
          if (kind === "from") begun.set(number, filled.length);
          else if (kind === "before") filled += piece?.text ?? "";
          else if (piece && from !== undefined) keep(piece.key, filled.slice(from));
          filled += after;
        }
        return filled;
      },
    };
  };
}
