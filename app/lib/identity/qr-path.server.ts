import { encode } from "uqr";

export type QrPath = { readonly size: number; readonly d: string };

/** A QR code as one path on a grid of `size` by `size`, with the quiet border that scanners need. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const d = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { size, d };
}
