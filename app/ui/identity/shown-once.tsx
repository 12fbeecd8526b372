import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { CopyText } from "../copy-text.tsx";

/** A signing secret, the one time it is shown. */
export function ShownOnce({ secret }: { secret: string }) {
  const t = useT();
  return (
    <Banner live tone="warn" title={t("campaigns.endpoints.secretTitle")}>
      <p className="mb-2">{t("campaigns.endpoints.secretBody")}</p>
      <CopyText text={secret} what={t("campaigns.endpoints.secretTitle")} />
    </Banner>
  );
}
