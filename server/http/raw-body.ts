import type { IncomingMessage } from "node:http";

/** The bytes of a request's body; null as soon as there are more than `most`, whatever the sender says of its length. */
export async function rawBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  if (Number(request.headers["content-length"] ?? 0) > most) return null;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) {
        request.pause();
        resolve(null);
      } else chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    request.on("error", reject);
    request.on("close", () => {
      if (!request.complete) reject(new Error("The connection ended before the body did."));
    });
  });
}
