import { useT } from "~/lib/i18n/language.tsx";

/** First in the keyboard's order: past the navigation, to what the page is for. */
export function SkipLink() {
  const t = useT();
  return (
    <a
      href="#content"
      className="sr-only z-50 rounded-control bg-solid px-4 py-3 text-on-solid focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
    >
      {t("words.skip")}
    </a>
  );
}
