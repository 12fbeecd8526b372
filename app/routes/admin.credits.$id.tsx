import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { listAt } from "~/lib/lists/definition.ts";
import { grantsList } from "~/lib/lists/grants.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { CreditAdjustments } from "~/ui/credits/credit-adjustments.tsx";
import { LedgerAmount } from "~/ui/credits/ledger-amount.tsx";
import type { Column } from "~/ui/data-table.tsx";
import { Field } from "~/ui/field.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { Moment } from "~/ui/moment.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { Select } from "~/ui/select.tsx";
import { Stat, Stats } from "~/ui/stat.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

type Answer = "waits" | "begun" | "refused" | "tooFew" | "needsAccount";
/** `typed`: what was refused, to be put right and sent again. */
type Answered = { answer: Answer; typed?: { kind: string; credits: string; reason: string } };
/** What is not about the form itself. */
const WHY: Readonly<Record<string, Answer>> = {
  "credits.too_few_to_take": "tooFew",
  "credits.needs_account": "needsAccount",
};

export function loader(args: LoaderFunctionArgs) {
  const viewer = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const customerId = args.params.id ?? "";
    const asked = openList(args, grantsList, { customerId });
    const credits = await caller.credits.office.ofCustomer({ customerId });
    const page = await caller.credits.office.grants({ ...asked.filters, ...asked.place, customerId, counted: true });
    return {
      ...{ locale, customerId, ...credits, grants: page.items, key: crypto.randomUUID() },
      list: await asked.view(page),
      mayAdjust: ["owner", "finance", "support"].includes(viewer.role),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const form = await readForm(args.request);
    try {
      const { waits } = await caller.credits.office.adjust({
        ...{ customerId: args.params.id ?? "", key: form.text("key"), reason: form.text("reason") },
        kind: form.text("kind") === "remove" ? "remove" : "add",
        credits: form.wholeNumber("credits") ?? 0,
      });
      return data<Answered>({ answer: waits ? "waits" : "begun" });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.kind !== "invalid" && refusal?.kind !== "conflict") throw error;
      const typed = { kind: form.text("kind"), credits: form.text("credits"), reason: form.text("reason") };
      return data<Answered>(
        { answer: WHY[refusal.code] ?? "refused", typed },
        { status: formStatus(args.request, 422) },
      );
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) =>
  pageMeta({ title: page?.email ?? "", locale: page?.locale ?? "sv" });

/** One customer's credits: what is left, where each grant went, and the form to correct them. */
export default function CustomerCredits() {
  const t = useT();
  const { customerId, email, balance, adjustments, grants, list, key, mayAdjust } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const amount = (number: number) => <LedgerAmount of={{ amount: number, currency: "CREDIT" }} />;
  const sum = (name: "credits" | "used" | "held" | "expired" | "reclaimed" | "remaining") => ({
    ...{ key: name, header: t(`crediting.sum.${name}`), numeric: true },
    cell: (grant: (typeof grants)[number]) => grant[name],
  });
  const columns: Column<(typeof grants)[number]>[] = [
    {
      key: "source",
      header: t("crediting.source"),
      phone: "title",
      cell: (grant) => t(`crediting.source.${grant.source}`),
    },
    { key: "made", header: t("ledger.at"), phone: "meta", cell: (grant) => <Moment at={grant.createdAt} withTime /> },
    {
      key: "until",
      header: t("crediting.until"),
      phone: "status",
      cell: (grant) =>
        grant.expiresAt ? (
          <>
            <span className="md:hidden">{t("crediting.until")} </span>
            <Moment at={grant.expiresAt} />
          </>
        ) : (
          <span className="max-md:hidden">{t("words.none")}</span>
        ),
    },
    ...[sum("credits"), sum("used"), sum("held"), sum("expired"), sum("reclaimed")],
    { ...sum("remaining"), phone: "aside" },
  ];
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">{t("crediting.title")}</h1>
        <p className="break-all text-fg-muted">
          <Link to={`/admin/customers/${customerId}`}>{email}</Link>
        </p>
      </div>
      <Stats>
        <Stat
          label={t("crediting.available")}
          value={amount(balance.available)}
          note={
            <Link to={`/admin/ledger?q=${customerId}`} className="underline">
              {t("crediting.entries")}
            </Link>
          }
        />
        <Stat label={t("ledger.held")} value={amount(balance.held)} />
        <Stat label={t("crediting.debt")} value={amount(balance.debt)} />
      </Stats>
      {result && (
        <Banner
          live
          tone={result.answer === "begun" || result.answer === "waits" ? "ok" : "bad"}
          title={t(`crediting.adjust.${result.answer}`)}
        />
      )}
      {mayAdjust && (
        <OfficeSection title={t("crediting.adjust")}>
          {/* Empty again after it was taken in. What was refused stays as it is, also while the page is read anew. */}
          <Form
            method="post"
            preventScrollReset
            key={result?.typed ? "refused" : key}
            className="flex flex-wrap items-end gap-3"
          >
            <input type="hidden" name="key" value={key} />
            <Select
              compact
              name="kind"
              label={t("crediting.kind")}
              defaultValue={result?.typed?.kind}
              options={[
                { value: "add", label: t("crediting.add") },
                { value: "remove", label: t("crediting.remove") },
              ]}
            />
            <Field
              compact
              name="credits"
              label={t("crediting.credits")}
              inputMode="numeric"
              pattern="[0-9]{1,9}"
              required
              defaultValue={result?.typed?.credits}
            />
            <Field
              compact
              name="reason"
              label={t("crediting.reason")}
              required
              minLength={3}
              maxLength={500}
              defaultValue={result?.typed?.reason}
            />
            <SubmitButton variant="outline" size="compact">
              {t("crediting.adjust.do")}
            </SubmitButton>
          </Form>
        </OfficeSection>
      )}
      <OfficeSection title={t("crediting.adjustments")}>
        <CreditAdjustments adjustments={adjustments} />
      </OfficeSection>
      <ListPage
        part
        definition={listAt(grantsList, `/admin/credits/${customerId}`)}
        list={list}
        columns={columns}
        rows={grants}
        rowKey={(grant) => grant.id}
        rowHref={(grant) => `/admin/ledger/entries?about=${grant.id}`}
      />
    </div>
  );
}
