import { Form } from "@remix-run/react";
import { useT } from "~/lib/i18n/language.tsx";
import type { CloseResult } from "~/lib/orders/close-statements.server.ts";
import { Banner } from "../banner.tsx";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { BulkConfirm } from "../lists/bulk-confirm.tsx";
import { BulkBar } from "../lists/row-selection.tsx";
import { SubmitButton } from "../submit-button.tsx";

/** The form that the ticks of the list belong to. */
export const CLOSE_FORM = "close-statements";

type Result = CloseResult | undefined;

/** Closes many that no order was found for: the ticked ones, or all that the filter shows. Each press is told before it is done. */
export function CloseStatements({ filters, result }: { filters: Readonly<Record<string, string>>; result: Result }) {
  const t = useT();
  const label = t("refunds.statement.dismissal");
  return (
    <Form id={CLOSE_FORM} method="post" className="flex flex-col gap-2">
      {Object.entries(filters).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="max-w-prose text-fg-muted max-md:hidden">{t("refunds.statement.closeLead")}</p>
      <BulkBar form={CLOSE_FORM}>
        <div className="w-72 max-w-full">
          <Field
            compact
            id="close-reason"
            name="reason"
            label={label}
            defaultValue={result?.reason}
            maxLength={500}
            error={result?.problem === "reason" ? t("errors.enter", { label: label.toLowerCase() }) : undefined}
          />
        </div>
        <Checkbox
          name="letter"
          value="yes"
          label={<span className="text-14">{t("refunds.statement.closeLetter")}</span>}
          defaultChecked={result?.letter ?? false}
        />
        <SubmitButton size="compact" variant="outline" name="act" value="chosen">
          {t("refunds.statement.closeChosen")}
        </SubmitButton>
        <SubmitButton size="compact" variant="outline" name="act" value="matching">
          {t("refunds.statement.closeMatching")}
        </SubmitButton>
      </BulkBar>
    </Form>
  );
}

/** What would be closed, with the press that does it; or what was. */
export function CloseOutcome({ result }: { result: Result }) {
  const t = useT();
  if (result?.problem === "none") return <Banner live tone="warn" title={t("lists.selectHint")} />;
  if (result?.done) return <Banner live tone="ok" title={t("refunds.statement.closed", result.done)} />;
  if (!result?.would) return null;
  const { ids, skipped, more } = result.would;
  return (
    <BulkConfirm
      title={t("refunds.statement.closeWould", { closed: ids.length, skipped })}
      label={t("refunds.statement.closeMany", { count: ids.length })}
      act="close"
      ids={ids}
      hidden={{ reason: result.reason, ...(result.letter ? { letter: "yes" } : {}) }}
      nothing={ids.length === 0}
    >
      <p>{t(result.letter ? "refunds.statement.closeMails" : "refunds.statement.closeSilent")}</p>
      {more && <p>{t("refunds.statement.closeMore")}</p>}
    </BulkConfirm>
  );
}
