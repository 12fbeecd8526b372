/** A source map as it stands in its file (version 3): the mappings are left as text. */
export type SourceMapText = { readonly sources: readonly string[]; readonly mappings: string };
/** Lines and columns count from one, as stacks do. */
export type Origin = { readonly source: string; readonly line: number; readonly column: number };

const [COMMA, SEMICOLON] = [44, 59];
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const digitOf = new Int8Array(128);
for (let value = 0; value < 64; value++) digitOf[DIGITS.charCodeAt(value)] = value;

/**
 * Where a place of a bundle comes from: the nearest mapping before it on its line; null when there is none. Walks the text
 * without keeping anything of it, a few milliseconds for each megabyte.
 */
export function findOrigin({ sources, mappings }: SourceMapText, line: number, column: number): Origin | null {
  // Every field of a mapping is the difference to that field of the one before; the column alone begins anew on each line.
  const at = { column: 0, source: 0, line: 0, originColumn: 0 };
  const nearest = { source: -1, line: 0, column: 0 };
  const found = () => (nearest.source < 0 ? null : { ...nearest, source: sources[nearest.source] ?? "" });
  let currentLine = 1;
  let field = 0;
  let [number, shift] = [0, 0];
  for (let index = 0; index < mappings.length; index++) {
    const code = mappings.charCodeAt(index);
    if (code === SEMICOLON) {
      if (currentLine === line) return found();
      currentLine += 1;
      at.column = 0;
      field = 0;
    } else if (code === COMMA) field = 0;
    else {
      const digit = digitOf[code] ?? 0;
      number += (digit & 31) << shift;
      shift += 5;
      if (digit & 32) continue;
      const difference = number & 1 ? -(number >> 1) : number >> 1;
      [number, shift] = [0, 0];
      if (field === 0) at.column += difference;
      else if (field === 1) at.source += difference;
      else if (field === 2) at.line += difference;
      else if (field === 3) at.originColumn += difference;
      if (currentLine === line && field === 0 && at.column >= column) return found();
      if (currentLine === line && field === 3) {
        nearest.source = at.source;
        nearest.line = at.line + 1;
        nearest.column = at.originColumn + 1;
      }
      field += 1;
    }
  }
  return currentLine === line ? found() : null;
}
