import { asc, eq } from "drizzle-orm";
import { productMedia, products } from "../../drizzle/schema/catalog.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { catalogErrors } from "./errors.ts";
import type { AddMediaInput, EditMediaInput } from "./input.ts";
import { keepPicture, readPicture } from "./keep-picture.ts";

type Picture = Omit<typeof productMedia.$inferInsert, "productId" | "position">;
/** So many pictures one product has at most. */
const MOST_PICTURES = 12;

/**
 * Staff put a picture on a product's page, behind the others. What the file is, its own bytes say; it is kept once however
 * often it is uploaded, and pressing twice adds it once. Throws `catalog.product_not_found`, `catalog.not_a_picture` for
 * anything but a PNG, JPEG or WebP of at most three megabytes, and `catalog.too_many_pictures`.
 */
export async function addMedia(ctx: Ctx, { productId, base64, alt }: AddMediaInput): Promise<{ fileId: string }> {
  const picture = readPicture(base64);
  const fileId = picture.id;
  await ctx.db.transaction(async (tx) => {
    const { product, pictures } = await lockPictures(tx, productId);
    if (pictures.some((one) => one.fileId === fileId)) return;
    if (pictures.length >= MOST_PICTURES) throw catalogErrors.tooManyPictures({ most: MOST_PICTURES });
    await keepPicture(tx, picture);
    await writePictures(tx, productId, [...pictures, { art: product.art, fileId, alt }]);
    await recordAct(tx, { action: "catalog.add_media", subject: productId, reason: fileId });
  });
  return { fileId };
}

/**
 * Staff say what a picture shows, move it one place, or take it off the page (the file stays: orders and caches may show
 * it). The first one is the product's card. Sets what is given. Throws `catalog.product_not_found`,
 * `catalog.media_not_found` when somebody has taken it off meanwhile.
 */
export async function editMedia(ctx: Ctx, { productId, picture, alt, act }: EditMediaInput): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { pictures } = await lockPictures(tx, productId);
    const at = pictures.findIndex((one) => pictureKey(one) === picture);
    const found = pictures[at];
    if (!found) throw catalogErrors.mediaNotFound();
    await writePictures(tx, productId, arranged(pictures, at, { ...found, alt: alt ?? found.alt }, act));
    await recordAct(tx, { action: "catalog.edit_media", subject: productId, reason: `${picture}: ${act}` });
  });
}

/** What tells one picture of a product from its others, whatever place it has. */
export function pictureKey({
  fileId,
  art,
}: {
  readonly fileId?: string | null | undefined;
  readonly art: string;
}): string {
  return fileId ?? `art:${art}`;
}

function arranged(
  pictures: readonly Picture[],
  at: number,
  picture: Picture,
  act: EditMediaInput["act"],
): readonly Picture[] {
  const others = pictures.toSpliced(at, 1);
  if (act === "remove") return others;
  const to = act === "earlier" ? Math.max(0, at - 1) : act === "later" ? at + 1 : at;
  return others.toSpliced(to, 0, picture);
}

async function lockPictures(tx: Tx, productId: string) {
  const [product] = await tx.select().from(products).where(eq(products.id, productId)).for("update");
  if (!product) throw catalogErrors.productNotFound({ productId });
  const rows = await tx
    .select()
    .from(productMedia)
    .where(eq(productMedia.productId, productId))
    .orderBy(asc(productMedia.position));
  return { product, pictures: rows.map(({ productId: _, position: __, ...picture }): Picture => picture) };
}

async function writePictures(tx: Tx, productId: string, pictures: readonly Picture[]): Promise<void> {
  await tx.delete(productMedia).where(eq(productMedia.productId, productId));
  if (pictures.length > 0)
    await tx.insert(productMedia).values(pictures.map((picture, position) => ({ ...picture, productId, position })));
}
