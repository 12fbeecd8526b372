import { Form, Link } from "@remix-run/react";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { fillMessage, type MessageKey } from "~/lib/i18n/translate.ts";
import type { Caller } from "../../../server/trpc/router.ts";
import { Badge } from "../badge.tsx";
import { CodeBlock } from "../code-block.tsx";
import { Moment } from "../moment.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Delivery = Awaited<ReturnType<Caller["announcements"]["deliveries"]["list"]>>["items"][number];

const TONES = { pending: "info", delivered: "ok", given_up: "bad" } as const;

/** One announcement to one receiver: what became of it, every try, and a way to send it again. */
export function AnnouncementDelivery({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li data-row className="flex flex-col gap-2 py-3">
      <p className="flex flex-wrap items-baseline gap-3">
        <Badge tone={TONES[delivery.state]}>{t(`campaigns.endpoints.delivery.${delivery.state}`)}</Badge>
        <code className="font-mono text-13">{delivery.action}</code>
        <Link to={`/admin/campaigns/${encodeURIComponent(delivery.campaignId)}`}>{delivery.campaignId}</Link>
        <span className="text-fg-muted">{t("campaigns.editor.version", { version: delivery.version })}</span>
        <span className="ml-auto text-fg-muted">
          <Moment at={delivery.createdAt} withTime />
        </span>
      </p>
      {delivery.nextAttemptAt && (
        <p className="text-fg-muted">
          {t("campaigns.endpoints.nextAttempt")} <Moment at={delivery.nextAttemptAt} withTime />
        </p>
      )}
      <details>
        <summary>{t("campaigns.endpoints.attempts", { count: delivery.tries.length })}</summary>
        <ul className="flex flex-col gap-1 py-2">
          {delivery.tries.map((attempt) => (
            <li key={attempt.id} className="flex flex-wrap gap-3">
              <Moment at={attempt.at} withTime />
              <span className="tabular">{attempt.status ?? t("words.none")}</span>
              <span>
                {attempt.problem === null
                  ? t("campaigns.endpoints.sent")
                  : fillMessage(locale, `campaigns.endpoints.problem.${attempt.problem}` as MessageKey)}
              </span>
              <span className="tabular text-fg-muted">{attempt.milliseconds} ms</span>
            </li>
          ))}
        </ul>
        <CodeBlock code={delivery.body} label={t("office.campaigns.body")} />
      </details>
      <Form method="post">
        <input type="hidden" name="delivery" value={delivery.id} />
        <SubmitButton name="act" value="redeliver" size="compact" variant="outline">
          {t("campaigns.endpoints.redeliver")}
        </SubmitButton>
      </Form>
    </li>
  );
}
