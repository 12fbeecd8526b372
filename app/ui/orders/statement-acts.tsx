import { Form, Link } from "@remix-run/react";
import { formatDate, formatTime } from "~/lib/format/dates.ts";
import { formatMoney } from "~/lib/format/money.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import type { StatementActResult } from "~/lib/orders/statement-form.server.ts";
import type { Statement } from "~/lib/orders/withdraw-types.ts";
import { Checkbox } from "../checkbox.tsx";
import { Field } from "../field.tsx";
import { OfficeSection } from "../office/office-section.tsx";
import { SubmitButton } from "../submit-button.tsx";

type Intent = StatementActResult["intent"];
type Result = StatementActResult | undefined;

/** Why staff do it; asked for again where it was left out. */
function Reason({ intent, result, label }: { intent: Intent; result: Result; label?: string }) {
  const t = useT();
  const own = result?.intent === intent ? result : undefined;
  return (
    <div className="w-80 max-w-full">
      <Field
        compact
        id={`${intent}-reason`}
        name="reason"
        label={label ?? t("office.reason")}
        hint={label ? undefined : t("office.reasonHint")}
        defaultValue={own?.typed.reason}
        error={
          own?.problem === "reason"
            ? t("errors.enter", { label: (label ?? t("office.reason")).toLowerCase() })
            : undefined
        }
        minLength={3}
        maxLength={500}
        required
      />
    </div>
  );
}

/** Takes the order's lines back for a buyer that staff have spoken with. */
export function CarryOutStatement({
  statement,
  order,
  result,
}: {
  statement: Statement;
  order: NonNullable<Statement["order"]>;
  result: Result;
}) {
  const t = useT();
  const locale = useLocale();
  const date = `${formatDate(statement.receivedAt, locale, "prose")} ${formatTime(statement.receivedAt, locale)}`;
  const sum = (amount: number) => formatMoney({ amount, currency: order.currency }, locale, "ledger");
  const what = (line: (typeof order.lines)[number]) => `${line.name}${line.quantity > 1 ? ` × ${line.quantity}` : ""}`;
  const closed = order.lines.filter((line) => !line.open);
  const open = order.lines.filter((line) => line.open);
  return (
    <OfficeSection title={t("refunds.statement.carryOut")}>
      <p className="max-w-prose text-fg-muted">{t("refunds.statement.carryOutText", { date })}</p>
      {closed.map((line) => (
        <p key={line.id} className="wrap-anywhere">
          {what(line)}: {t(line.taken ? "refunds.statement.taken" : "refunds.statement.tooLate")}
        </p>
      ))}
      {open.length === 0 ? (
        <p>{t("refunds.statement.nothing")}</p>
      ) : (
        <Form method="post" className="flex flex-col gap-4" preventScrollReset>
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-2 font-medium">{t("refunds.statement.lines")}</legend>
            {result?.problem === "lines" && <p className="font-medium text-on-bad">{t("withdraw.chooseError")}</p>}
            {open.map((line) => (
              <Checkbox
                key={line.id}
                name="line"
                value={line.id}
                defaultChecked
                label={`${what(line)}, ${t("refunds.statement.backSum", { sum: sum(line.refundAmount) })}`}
              />
            ))}
          </fieldset>
          {order.reviewReason === "goods_to_return" && (
            <p className="max-w-prose text-fg-muted">{t("refunds.statement.goods")}</p>
          )}
          {open.some((line) => line.kind === "service") && (
            <p className="max-w-prose text-fg-muted">{t("refunds.statement.service")}</p>
          )}
          <div className="flex flex-wrap items-end gap-3">
            <Reason intent="carryOut" result={result} />
            <SubmitButton size="compact" variant="solid" name="intent" value="carryOut">
              {t("refunds.statement.do")}
            </SubmitButton>
          </div>
        </Form>
      )}
    </OfficeSection>
  );
}

/** Says which order is meant, where number and address are no order's. */
export function AttachStatement({ statement, result }: { statement: Statement; result: Result }) {
  const t = useT();
  const { candidates } = statement;
  const own = result?.intent === "attach" ? result : undefined;
  return (
    <OfficeSection title={t("refunds.statement.attach")}>
      <p className="max-w-prose text-fg-muted">{t("refunds.statement.attachText")}</p>
      <p>
        {candidates.length === 0 ? t("refunds.statement.noCandidates") : `${t("refunds.statement.candidates")}: `}
        {candidates.map((one, index) => (
          <span key={one.id}>
            {index > 0 && ", "}
            <Link to={`/admin/orders/${one.id}`}>{one.number}</Link>
          </span>
        ))}
      </p>
      <Form method="post" className="flex flex-wrap items-end gap-3" preventScrollReset>
        <div className="w-64 max-w-full">
          <Field
            compact
            id="attach-number"
            name="number"
            label={t("office.orders.number")}
            defaultValue={own?.typed.number ?? (candidates.length === 1 ? candidates[0]?.number : undefined)}
            error={own?.problem === "number" ? t("refunds.statement.noSuchNumber") : undefined}
            required
          />
        </div>
        <Reason intent="attach" result={result} />
        <SubmitButton size="compact" variant="solid" name="intent" value="attach">
          {t("refunds.statement.attachDo")}
        </SubmitButton>
      </Form>
    </OfficeSection>
  );
}

/** Closes it, with the reason that is mailed. */
export function DismissStatement({ result }: { result: Result }) {
  const t = useT();
  return (
    <OfficeSection title={t("refunds.statement.dismiss")}>
      <Form method="post" className="flex flex-wrap items-end gap-3" preventScrollReset>
        <Reason intent="dismiss" result={result} label={t("refunds.statement.dismissReason")} />
        <SubmitButton size="compact" name="intent" value="dismiss">
          {t("refunds.statement.dismissDo")}
        </SubmitButton>
      </Form>
    </OfficeSection>
  );
}
