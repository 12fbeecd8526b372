import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import { Banner } from "../banner.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** The form that the ticks of the list belong to. */
export const MANY_FORM = "many-webhooks";

type ManyWebhooksProps = {
  idempotencyKey: string;
  filters: {
    status?: string | undefined;
    type?: string | undefined;
    from?: string | undefined;
    until?: string | undefined;
  };
  empty: boolean;
};

/** Acts on many webhooks at once: the ticked ones, or all that the filter shows. Each is tried before it is done. */
export function ManyWebhooks({ idempotencyKey, filters, empty }: ManyWebhooksProps) {
  const t = useT();
  const hidden = {
    idempotencyKey,
    status: filters.status ?? "dead",
    type: filters.type,
    from: filters.from,
    until: filters.until,
  };
  return (
    <Form id={MANY_FORM} method="post" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <p className="max-w-prose text-fg-muted">{t("webhooks.batch.lead")}</p>
      {empty && <Banner live tone="bad" title={t("webhooks.batch.empty")} />}
      {Object.entries(hidden).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <div className="flex flex-wrap gap-3">
        <SubmitButton size="compact" variant="outline" name="act" value="replay-matching">
          {t("webhooks.batch.tryMatching")}
        </SubmitButton>
        <SubmitButton size="compact" variant="outline" name="act" value="replay-chosen">
          {t("webhooks.batch.tryChosen")}
        </SubmitButton>
        <SubmitButton size="compact" variant="outline" name="act" value="discard-matching">
          {t("webhooks.batch.discardMatching")}
        </SubmitButton>
        <SubmitButton size="compact" variant="outline" name="act" value="discard-chosen">
          {t("webhooks.batch.discardChosen")}
        </SubmitButton>
      </div>
    </Form>
  );
}
