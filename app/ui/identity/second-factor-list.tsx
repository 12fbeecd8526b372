import { Form, Link } from "@remix-run/react";
import { formatDate, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { LinkButton } from "../link-button.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type SecondFactorView = {
  totpSince: Instant | null;
  passkeys: readonly { id: string; name: string; createdAt: Instant; lastUsedAt: Instant | null }[];
  recoveryCodesLeft: number;
};

/** What there is besides the password, each with a way to add or remove it. `staff`: how much a member of staff needs it. */
export function SecondFactorList({
  factors,
  staff,
}: {
  factors: SecondFactorView;
  staff: "advised" | "required" | null;
}) {
  const t = useT();
  const locale = useLocale();
  const none = factors.totpSince === null && factors.passkeys.length === 0;
  return (
    <section aria-labelledby="two-step" className="flex flex-col gap-4">
      <h2 id="two-step" className="text-21">
        {t("security.twoStep")}
      </h2>
      {none && staff && (
        <Banner tone="warn" title={t(staff === "required" ? "security.twoStep.required" : "security.twoStep.advice")} />
      )}
      {none && !staff && <p className="max-w-prose">{t("security.twoStep.off")}</p>}
      <ul className="divide-y divide-line border-y border-line">
        <li className="flex flex-wrap items-center justify-between gap-4 py-3">
          <div>
            <p className="font-medium">{t("security.totp.title")}</p>
            <p className="text-14 text-fg-muted">
              {factors.totpSince
                ? t("security.totp.since", { date: formatDate(factors.totpSince, locale, "table") })
                : t("security.totp.none")}
            </p>
          </div>
          {factors.totpSince ? (
            <Form method="post">
              <SubmitButton name="intent" value="remove-totp">
                {t("security.totp.remove")}
              </SubmitButton>
            </Form>
          ) : (
            <LinkButton to="/account/security/two-step">{t("security.totp.add")}</LinkButton>
          )}
        </li>
        {factors.passkeys.map((passkey) => (
          <li key={passkey.id} className="flex flex-wrap items-center justify-between gap-4 py-3">
            <div className="min-w-0">
              <p className="font-medium break-words">{passkey.name}</p>
              <p className="text-14 text-fg-muted">
                {t("security.passkeys.created", { date: formatDate(passkey.createdAt, locale, "table") })}
                {passkey.lastUsedAt && (
                  <>
                    {" · "}
                    {t("security.passkeys.used", { date: formatDate(passkey.lastUsedAt, locale, "table") })}
                  </>
                )}
              </p>
            </div>
            <Form method="post">
              <input type="hidden" name="id" value={passkey.id} />
              <SubmitButton name="intent" value="remove-passkey">
                <span aria-hidden="true">{t("security.passkeys.remove")}</span>
                <span className="sr-only">{t("security.passkeys.removeOf", { name: passkey.name })}</span>
              </SubmitButton>
            </Form>
          </li>
        ))}
        <li className="flex flex-wrap items-center justify-between gap-4 py-3">
          <div>
            <p className="font-medium">{t("security.passkeys.title")}</p>
            <p className="max-w-prose text-14 text-fg-muted">{t("security.passkeys.text")}</p>
          </div>
          <LinkButton to="/account/security/passkeys">{t("security.passkeys.add")}</LinkButton>
        </li>
      </ul>
      {!none && (
        <p>
          {t("security.codes.title")}: {t("security.codes.left", { count: factors.recoveryCodesLeft })}{" "}
          <Link to="/account/security/codes">{t("security.codes.renew")}</Link>
        </p>
      )}
    </section>
  );
}
