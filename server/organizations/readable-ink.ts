const DARK = "#161310";
const LIGHT = "#ffffff";
/** What WCAG 2 asks of text (AA). */
const LEAST_CONTRAST = 4.5;

/** Black or white, whichever can be read on a color; null where neither can well enough. `color`: `#rrggbb`. */
export function readableInk(color: string): typeof DARK | typeof LIGHT | null {
  const [ink] = ([DARK, LIGHT] as const).toSorted((one, other) => contrast(color, other) - contrast(color, one));
  return ink && contrast(color, ink) >= LEAST_CONTRAST ? ink : null;
}

/** By WCAG 2: 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
