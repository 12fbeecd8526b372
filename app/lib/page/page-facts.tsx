import { createContext, useContext } from "react";
import { isLocale, type Locale } from "../locale.ts";
import type { DrawnPieces } from "./drawn-pieces.server.ts";
import { isTheme, THEMES, type Theme } from "./theme.ts";

/**
 * What a page needs even when its loaders failed. The server knows it from the request; the browser reads it back from
 * the document, so an error page hydrates in the right language and theme.
 */
export type PageFacts = {
  nonce: string | undefined;
  locale: Locale;
  theme: Theme;
  requestId: string | null;
  /** On the server: the page without the scripts of its modules, or these alone. */
  part?: "page" | "scripts";
  /** On the server: what was drawn before (`drawnOnce`). */
  pieces?: DrawnPieces | undefined;
};

const PageFactsContext = createContext<PageFacts>({
  nonce: undefined,
  locale: "sv",
  theme: "system",
  requestId: null,
});

export const PageFactsProvider = PageFactsContext.Provider;

export function usePageFacts(): PageFacts {
  return useContext(PageFactsContext);
}

export function pageFactsOfDocument(): PageFacts {
  const root = document.documentElement;
  const theme = THEMES.find((name) => root.classList.contains(name));
  return {
    // Browsers hide the attribute and keep the property.
    nonce: document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce || undefined,
    locale: isLocale(root.lang) ? root.lang : "sv",
    theme: isTheme(theme) ? theme : "system",
    requestId: root.dataset.requestId ?? null,
  };
}
