const END = "</body></html>";

/** The script that hands the loaders' data to the browser, as `RemixServer` would stream it; empty when there is none. */
export async function dataScript(stream: ReadableStream<Uint8Array> | undefined, nonce: string): Promise<string> {
  if (!stream) return "";
  const decoder = new TextDecoder();
  const reader = stream.getReader();
  let calls = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    calls += `window.__remixContext.streamController.enqueue(${inScript(decoder.decode(piece.value, { stream: true }))});`;
  }
  return `<script nonce="${nonce}">${calls}window.__remixContext.streamController.close();</script>`;
}

/** The document with the script as the last thing in its body, where hydration minds nothing that it does not know. */
export function withDataScript(page: string, script: string): string {
  return page.endsWith(END) ? `${page.slice(0, -END.length)}${script}${END}` : page + script;
}

const UNSAFE = /[&><\u2028\u2029]/g;

/** A text as a literal inside a script element: nothing in it can end the element or the line. */
function inScript(text: string): string {
  return JSON.stringify(text).replaceAll(UNSAFE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
