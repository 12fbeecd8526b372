import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { formatDate, formatDateTime, type Instant } from "~/lib/format/dates.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { Translate } from "~/lib/i18n/translate.ts";
import type { Locale } from "~/lib/locale.ts";
import type { KeyScope } from "../../../server/kernel/actor.ts";
import { Badge } from "../badge.tsx";
import { SubmitButton } from "../submit-button.tsx";

export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: readonly KeyScope[];
  rateLimit: number;
  budgetCredits: number | null;
  budgetPeriod: "day" | "week" | "month" | "total" | null;
  /** What is left of it, and when the next period begins: a key that spends credits. */
  budgetLeft?: number | null;
  budgetRenewsAt?: Instant | null;
  createdAt: Instant;
  expiresAt: Instant | null;
  lastUsedAt: Instant | null;
  state: "active" | "expired" | "revoked";
};

const TONES = { active: "ok", expired: "warn", revoked: "neutral" } as const;

/** API keys as their owner or staff know them: what each may do, how far, when it was used, and how it ends. */
export function KeyList({ keys, ending }: { keys: readonly ApiKey[]; ending?: (key: ApiKey) => ReactNode }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ul className="w-full divide-y divide-line border-y border-line">
      {keys.map((key) => (
        <li key={key.id} data-row className="flex flex-wrap items-start justify-between gap-4 py-4">
          <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {key.name} <code className="text-14 font-normal text-fg-muted">{key.prefix}…</code>
              <Badge tone={TONES[key.state]}>{t(`balance.keys.state.${key.state}`)}</Badge>
            </p>
            <p className="text-14">{key.scopes.map((scope) => t(`balance.keys.scope.${scope}`)).join(" · ")}</p>
            <p className="text-14 text-fg-muted">{factsOf(key, t, locale).join(" · ")}</p>
          </div>
          {key.state === "active" && (ending ? ending(key) : <Revoke of={key} />)}
        </li>
      ))}
    </ul>
  );
}

function Revoke({ of }: { of: ApiKey }) {
  const t = useT();
  return (
    <Form method="post">
      <input type="hidden" name="id" value={of.id} />
      <SubmitButton name="intent" value="revoke">
        <span aria-hidden="true">{t("balance.keys.revoke")}</span>
        <span className="sr-only">{t("balance.keys.revokeOf", { name: of.name })}</span>
      </SubmitButton>
    </Form>
  );
}

function factsOf(key: ApiKey, t: Translate, locale: Locale): string[] {
  const { budgetCredits: count, budgetPeriod: period } = key;
  const budget =
    count === null || period === null
      ? []
      : [
          period === "total"
            ? t("balance.keys.budgetTotal", { count })
            : t("balance.keys.budgetOf", { count, period: t(`balance.keys.period.${period}`) }),
          ...leftOf(key, t, locale),
        ];
  return [
    t("balance.keys.created", { date: formatDate(key.createdAt, locale, "table") }),
    key.lastUsedAt === null
      ? t("balance.keys.unused")
      : t("balance.keys.used", { time: formatDateTime(key.lastUsedAt, locale, "table") }),
    ...(key.expiresAt === null ? [] : [t("balance.keys.until", { date: formatDate(key.expiresAt, locale, "table") })]),
    ...budget,
    t("balance.keys.rateOf", { count: key.rateLimit }),
  ];
}

/** Of a key that is no good any more nothing can be spent. */
function leftOf({ state, budgetLeft: count, budgetRenewsAt: at }: ApiKey, t: Translate, locale: Locale): string[] {
  if (state !== "active" || count === null || count === undefined) return [];
  return at
    ? [t("balance.keys.budgetLeft", { count, time: formatDateTime(at, locale, "table") })]
    : [t("balance.keys.budgetLeftForGood", { count })];
}
