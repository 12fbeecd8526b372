import { useLocation } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "./banner.tsx";
import { CopyText } from "./copy-text.tsx";

/** A part or page that could not be shown: what is safe, and the id to give when writing to us. */
export function ErrorPanel({ requestId, email, title }: { requestId: string | null; email?: string; title?: string }) {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <Banner tone="bad" title={title ?? t("errors.server.text")}>
      <div className="flex flex-col items-start gap-2">
        {title && <p>{t("errors.server.text")}</p>}
        {email && <p>{t("errors.server.write", { email })}</p>}
        {requestId && (
          <p className="text-14">
            {t("errors.id")} <CopyText text={requestId} what={t("errors.id")} />
          </p>
        )}
        <p>
          {/* A plain link: works without scripts and loads everything anew. */}
          <a href={pathname + search}>{t("errors.reload")}</a>
        </p>
      </div>
    </Banner>
  );
}
