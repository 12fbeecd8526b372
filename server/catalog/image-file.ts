import type { IMAGE_TYPES } from "../../drizzle/schema/catalog.ts";

export type ImageFacts = {
  readonly type: (typeof IMAGE_TYPES)[number];
  readonly width: number;
  readonly height: number;
};

/** The most that a picture weighs, in bytes, and measures, in pixels each way. */
export const MOST_BYTES = 3_000_000;
const MOST_PIXELS = 8_000;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * What a file is by its own first bytes, whatever it is called: a PNG, JPEG or WebP with its size in pixels. Null for
 * anything else: a drawing in SVG could carry a script, and what cannot be measured is not shown.
 */
export function readImage(file: Buffer): ImageFacts | null {
  const found = readPng(file) ?? readJpeg(file) ?? readWebp(file);
  const fits = (size: number) => size > 0 && size <= MOST_PIXELS;
  return found && fits(found.width) && fits(found.height) ? found : null;
}

function readPng(file: Buffer): ImageFacts | null {
  if (file.length < 24 || !file.subarray(0, 8).equals(PNG) || file.toString("latin1", 12, 16) !== "IHDR") return null;
  return { type: "image/png", width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** Goes from segment to segment until the one that begins the frame, which says how large it is. */
function readJpeg(file: Buffer): ImageFacts | null {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= file.length) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { type: "image/jpeg", height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2);
  }
  return null;
}

function readWebp(file: Buffer): ImageFacts | null {
  if (file.length < 30 || file.toString("latin1", 0, 4) !== "RIFF" || file.toString("latin1", 8, 12) !== "WEBP")
    return null;
  const size = (width: number, height: number): ImageFacts => ({ type: "image/webp", width, height });
  switch (file.toString("latin1", 12, 16)) {
    case "VP8 ":
      return size(file.readUInt16LE(26) & 0x3fff, file.readUInt16LE(28) & 0x3fff);
    case "VP8L": {
      const bits = file.readUInt32LE(21);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case "VP8X":
      return size(file.readUIntLE(24, 3) + 1, file.readUIntLE(27, 3) + 1);
    default:
      return null;
  }
}
