/** `system` follows the device; the other two do not. */
export type Theme = "system" | "light" | "dark";

export const THEMES: readonly Theme[] = ["system", "light", "dark"];

export function isTheme(value: unknown): value is Theme {
  return value === "system" || value === "light" || value === "dark";
}

/** The color of the canvas for the browser's own frame, per theme: the same values as in `ui/tokens.css`. */
export const THEME_COLORS = { light: "#f9f7f2", dark: "#161310" } as const;
