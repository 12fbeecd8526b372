import { useT } from "~/lib/i18n/language.tsx";

export default function Home() {
  const t = useT();
  return <h1 className="type-display text-display">{t("words.product")}</h1>;
}
