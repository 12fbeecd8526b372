import PostalMime from "postal-mime";
import { linksIn } from "./links.ts";
import type { Letter } from "./store.ts";

/** A mail as it came over SMTP, with its envelope. */
export type Arrived = Pick<Letter, "receivedAt" | "from" | "to"> & {
  /** Its bytes, each as the character of that number. */
  readonly raw: string;
};

/** What a mail that arrived says. */
export async function readLetter({ receivedAt, from, to, raw }: Arrived): Promise<Omit<Letter, "id">> {
  const mail = await PostalMime.parse(Buffer.from(raw, "latin1"));
  const [text, html] = [mail.text ?? "", mail.html ?? ""];
  return {
    ...{ receivedAt, from: mail.from?.address ?? from, to, subject: mail.subject ?? "" },
    ...{ messageId: mail.messageId ?? "", text, html },
    headers: mail.headers.map(({ originalKey, key, value }) => ({ name: originalKey ?? key, value })),
    attachments: mail.attachments.map((one) => ({
      name: one.filename ?? "attachment",
      type: one.mimeType,
      bytes: sizeOf(one.content),
    })),
    links: linksIn(text, html),
  };
}

function sizeOf(content: string | ArrayBuffer | Uint8Array): number {
  return typeof content === "string" ? content.length : content.byteLength;
}
