export type Locale = "sv" | "en";

/**
 * The page's language: the address says it where it can (by its name, else by `lang`), else the cookie, else the browser's
 * first match, else Swedish.
 */
export function requestLocale(
  pathname: string,
  cookie: string | undefined,
  acceptLanguage: string | null,
  lang: string | null = null,
): Locale {
  const path = pathname.replace(/\.data$/, "");
  if (path === "/medlemskap" || path === "/villkor" || path === "/integritet") return "sv";
  if (path === "/membership" || path === "/terms" || path === "/privacy") return "en";
  if (lang === "sv" || lang === "en") return lang;
  if (cookie === "sv" || cookie === "en") return cookie;
  return preferred(acceptLanguage ?? "");
}

function preferred(header: string): Locale {
  const wishes = header
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.find((p) => p.trim().startsWith("q="));
      return { language: tag.split("-")[0] ?? "", quality: quality ? Number(quality.trim().slice(2)) || 0 : 1 };
    })
    .toSorted((a, b) => b.quality - a.quality);
  const match = wishes.find((wish) => wish.language === "sv" || wish.language === "en");
  return match?.language === "en" ? "en" : "sv";
}
