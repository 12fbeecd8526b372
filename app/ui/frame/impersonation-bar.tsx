import { Form } from "@remix-run/react";
import { formatDateTime } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";

/** On every page while staff see it as a customer: as whom, until when, and the way out. */
export function ImpersonationBar({ email, until }: { email: string; until: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <section aria-label={t("security.seen.label")} className="no-print sticky top-0 z-40 bg-solid text-on-solid">
      <div className="mx-auto flex max-w-office flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 md:px-6">
        <p className="min-w-0 break-words">
          {t("security.seen.as", { email, time: formatDateTime(until, locale, "table") })}
        </p>
        <Form method="post" action="/impersonation">
          <button
            type="submit"
            className="min-h-8 px-2 font-medium underline hover:decoration-2 pointer-coarse:min-h-11"
          >
            {t("security.seen.end")}
          </button>
        </Form>
      </div>
    </section>
  );
}
