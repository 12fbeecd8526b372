import { describe, expect, it } from "vitest";
import { readImage } from "./image-file.ts";

const png = (width: number, height: number) => {
  const file = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(file);
  file.write("IHDR", 12, "latin1");
  file.writeUInt32BE(width, 16);
  file.writeUInt32BE(height, 20);
  return file;
};
const jpeg = Buffer.from([
  ...[0xff, 0xd8, 0xff, 0xe0, 0x00, 0x04, 0x00, 0x00],
  ...[0xff, 0xc2, 0x00, 0x11, 0x08, 0x01, 0x2c, 0x02, 0x58, 0x03, 0x00],
]);
const webp = (kind: string, fill: (file: Buffer) => void) => {
  const file = Buffer.alloc(40);
  file.write("RIFF", 0, "latin1");
  file.write("WEBP", 8, "latin1");
  file.write(kind, 12, "latin1");
  fill(file);
  return file;
};

describe("what a file is", () => {
  it("is told by its bytes: a PNG, a JPEG and each kind of WebP, with their sizes", () => {
    expect(readImage(png(800, 1000))).toEqual({ type: "image/png", width: 800, height: 1000 });
    expect(readImage(jpeg)).toEqual({ type: "image/jpeg", width: 600, height: 300 });
    const lossy = webp("VP8 ", (file) => {
      file.writeUInt16LE(640, 26);
      file.writeUInt16LE(480, 28);
    });
    expect(readImage(lossy)).toEqual({ type: "image/webp", width: 640, height: 480 });
    const lossless = webp("VP8L", (file) => file.writeUInt32LE(99 | (49 << 14), 21));
    expect(readImage(lossless)).toEqual({ type: "image/webp", width: 100, height: 50 });
    const extended = webp("VP8X", (file) => {
      file.writeUIntLE(199, 24, 3);
      file.writeUIntLE(299, 27, 3);
    });
    expect(readImage(extended)).toEqual({ type: "image/webp", width: 200, height: 300 });
  });

  it("is nothing to show when it is something else, is cut off, or is beyond measure", () => {
    expect(
      readImage(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')),
    ).toBeNull();
    expect(readImage(Buffer.from("<!doctype html><title>picture.png</title>"))).toBeNull();
    expect(readImage(png(800, 1000).subarray(0, 20))).toBeNull();
    expect(readImage(jpeg.subarray(0, 10))).toBeNull();
    expect(readImage(png(0, 10))).toBeNull();
    expect(readImage(png(20_000, 10))).toBeNull();
    expect(readImage(webp("XXXX", () => {}))).toBeNull();
  });
});
