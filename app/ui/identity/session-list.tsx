import { Form } from "@remix-run/react";
import { formatDate, formatDateTime, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type SignedInBrowser = {
  id: string;
  browser: string | null;
  createdAt: Instant;
  lastSeenAt: Instant;
  current: boolean;
};

/** Where an account is signed in, each with a way to end it. */
export function SessionList({ sessions }: { sessions: readonly SignedInBrowser[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="w-full divide-y divide-line border-y border-line">
      {sessions.map((session) => {
        const name = session.browser ?? t("account.security.unknownBrowser");
        return (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-4 py-3">
            <div>
              <p className="font-medium">
                {name}
                {session.current && <span className="font-normal text-fg-muted"> · {t("account.security.this")}</span>}
              </p>
              <p className="text-14 text-fg-muted">
                {t("account.security.lastSeen", { time: formatDateTime(session.lastSeenAt, locale, "table") })} ·{" "}
                {t("account.security.since", { date: formatDate(session.createdAt, locale, "table") })}
              </p>
            </div>
            {!session.current && (
              <Form method="post">
                <input type="hidden" name="id" value={session.id} />
                <SubmitButton name="intent" value="one">
                  <span aria-hidden="true">{t("account.security.revoke")}</span>
                  <span className="sr-only">{t("account.security.revokeOf", { what: name })}</span>
                </SubmitButton>
              </Form>
            )}
          </li>
        );
      })}
    </ul>
  );
}
