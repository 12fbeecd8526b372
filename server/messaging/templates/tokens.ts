/** The design system's colors and sizes as literals: mail programs know no variables. Names as in `app/ui/tokens.css`. */
export const light = {
  canvas: "#f9f7f2",
  surface: "#fdfdfa",
  line: "#e7e3dc",
  text: "#161310",
  muted: "#655e56",
} as const;

export const dark = {
  canvas: "#161310",
  surface: "#1d1a16",
  line: "#352f2a",
  text: "#f3f0e9",
  muted: "#aea89f",
} as const;

/** The same in both themes, with its own ink: it stays readable wherever a mail program inverts colors. */
export const yellow = { fill: "#fbe51c", ink: "#161310" } as const;

export const fontFamily = '"Geist", "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif';
