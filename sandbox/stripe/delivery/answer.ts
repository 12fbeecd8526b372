/** What a receiver said. */
export interface Received {
  status: number;
  body: string;
  /** Whether the connection can be used again. */
  stays: boolean;
}

const statusLine = /^http\/1\.([01]) (\d{3})/;
const headEnd = "\r\n\r\n";

/** What a head in small letters says under a name. */
function field(head: string, name: string): string | undefined {
  const at = head.indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const [from, to] = [at + name.length + 3, head.indexOf("\r\n", at + 2)];
  return head.slice(from, to < 0 ? undefined : to).trim();
}

/** What comes in pieces, each with its length before it; undefined until the empty last one is there. */
function fromChunks(bytes: Buffer): string | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return undefined;
    const length = Number.parseInt(bytes.toString("latin1", at, line), 16);
    if (!(length >= 0)) throw new Error("the answer is not HTTP");
    if (length === 0) return bytes.indexOf("\r\n", line + 2) < 0 ? undefined : Buffer.concat(parts).toString();
    if (bytes.length < line + 2 + length + 2) return undefined;
    parts.push(bytes.subarray(line + 2, line + 2 + length));
    at = line + 2 + length + 2;
  }
}

/** An answer when the bytes hold one to its end; `ended` when the receiver said nothing more and closed. */
export function readAnswer(bytes: Buffer, ended = false): Received | undefined {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString("latin1", 0, end).toLowerCase();
  const [, minor, digits] = statusLine.exec(head) ?? [];
  if (digits === undefined) throw new Error("the answer is not HTTP");
  const status = Number(digits);
  const rest = bytes.subarray(end + headEnd.length);
  // What comes before the answer, such as "100 Continue".
  if (status < 200) return readAnswer(rest, ended);
  const said = field(head, "connection");
  const stays = !ended && (minor === "1" ? said !== "close" : said === "keep-alive");
  if (status === 204 || status === 304) return { status, body: "", stays };
  if (field(head, "transfer-encoding")?.includes("chunked")) {
    const body = fromChunks(rest);
    return body === undefined ? undefined : { status, body, stays };
  }
  const length = Number.parseInt(field(head, "content-length") ?? "", 10);
  if (Number.isNaN(length)) return ended ? { status, body: rest.toString(), stays: false } : undefined;
  if (rest.length < length) return undefined;
  return { status, body: rest.toString("utf8", 0, length), stays };
}
