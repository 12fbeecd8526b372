const END = "</body></html>";

/**
 * The script that hands the loaders' data to the browser, as `RemixServer` would stream it; empty when there is none. Built
 * processes hand it on as one text (`scripts/patch/plain-pages.ts`).
 */
export async function dataScript(
  found: ReadableStream<Uint8Array> | string | undefined,
  nonce: string,
): Promise<string> {
  if (found === undefined) return "";
  const pieces = typeof found === "string" ? [found] : await piecesOf(found);
  const calls = pieces.map((piece) => `window.__remixContext.streamController.enqueue(${inScript(piece)});`);
  return `<script nonce="${nonce}">${calls.join("")}window.__remixContext.streamController.close();</script>`;
}

async function piecesOf(stream: ReadableStream<Uint8Array>): Promise<string[]> {
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  const pieces: string[] = [];
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    pieces.push(decoder.decode(piece.value, { stream: true }));
  return pieces;
}

/** The document with the script as the last thing in its body, where hydration minds nothing that it does not know. */
export function withDataScript(page: string, script: string): string {
  return page.endsWith(END) ? `${page.slice(0, -END.length)}${script}${END}` : page + script;
}

/** What cannot stand in a text between single quotes, and what could end the element. */
const UNSAFE = /['\\\n\r&><\u2028\u2029]/g;

/**
 * A text as a literal inside a script element: nothing in it can end the element or the line. Between single quotes, since the data's
 * own are double: otherwise every one of its thousands would be written with a sign more.
 */
function inScript(text: string): string {
  return `'${text.replaceAll(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}'`;
}
