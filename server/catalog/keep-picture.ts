import { createHash } from "node:crypto";
import { mediaFiles } from "../../drizzle/schema/catalog.ts";
import type { Tx } from "../kernel/db.ts";
import { catalogErrors } from "./errors.ts";
import { type ImageFacts, MOST_BYTES, readImage } from "./image-file.ts";

/** A picture that somebody uploaded, under an id made of its content. */
export type UploadedPicture = ImageFacts & { readonly id: string; readonly bytes: Buffer };

/** What an uploaded file is, its own bytes say. Throws `catalog.not_a_picture` for anything but a PNG, JPEG or WebP of at most three megabytes. */
export function readPicture(base64: string): UploadedPicture {
  const bytes = Buffer.from(base64, "base64");
  const facts = bytes.length > MOST_BYTES ? null : readImage(bytes);
  if (!facts) throw catalogErrors.notAPicture();
  return { id: `img_${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}`, ...facts, bytes };
}

/** Keeps a picture once, however often it is uploaded. */
export async function keepPicture(tx: Tx, picture: UploadedPicture): Promise<void> {
  await tx
    .insert(mediaFiles)
    .values({ ...picture, createdAt: tx.scope.now })
    .onConflictDoNothing();
}
