import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { CodeBlock } from "../code-block.tsx";
import { LinkButton } from "../link-button.tsx";

/** New recovery codes, this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useT();
  return (
    <section aria-labelledby="codes" className="flex flex-col items-start gap-4">
      <h2 id="codes" className="text-21">
        {t("security.codes.title")}
      </h2>
      <Banner live tone="warn" title={t("security.codes.shown")}>
        {t("security.codes.text")}
      </Banner>
      <CodeBlock code={codes.join("\n")} label={t("security.codes.title")} />
      <LinkButton to="/account/security" variant="primary">
        {t("security.codes.done")}
      </LinkButton>
    </section>
  );
}
