import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { listPage } from "~/lib/list-page.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { KeysetPaging } from "~/ui/keyset-paging.tsx";
import { CompanyHistory } from "~/ui/office/company-history.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { companyInput } from "../../server/company/input.ts";

const FIELDS = ["name", "orgNumber", "vatNumber", "address", "email", "phone", "bank"] as const;
type FieldName = (typeof FIELDS)[number];

/** What a browser may fill in by itself, and how a phone's keyboard should look. */
const TYPES: Partial<Record<FieldName, { autoComplete: string; type?: "email" | "tel" }>> = {
  name: { autoComplete: "organization" },
  address: { autoComplete: "street-address" },
  email: { autoComplete: "email", type: "email" },
  phone: { autoComplete: "tel", type: "tel" },
};
const OPTIONAL: ReadonlySet<FieldName> = new Set(["phone", "bank"]);

export function loader(args: LoaderFunctionArgs) {
  requireStaffRole(args, ["owner"]);
  return answer(args, async ({ caller, locale, company }) => {
    const list = listPage(args.request);
    const [page, newest] = await Promise.all([
      caller.company.history({ cursor: list.cursor }),
      caller.company.history({ limit: 1 }),
    ]);
    const [present] = newest.items;
    return {
      locale,
      company: present ?? company,
      seen: present?.id ?? "",
      history: page.items,
      firstHref: list.firstHref,
      nextHref: list.nextHref(page.nextCursor),
    };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, ["owner"]);
  const t = translate(args.context.locale);
  const labels = Object.fromEntries(FIELDS.map((field) => [field, t(`settings.company.${field}`)]));
  return answerForm(args, { schema: companyInput, labels }, async (value, context) => {
    await context.caller.company.save(value);
    return redirect("/admin/settings?company");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("settings.company.edit"), locale });
};

/** Who sells, as it stands at the foot of every page and in every mail; what it said before stays below. */
export default function CompanyPage() {
  const t = useT();
  const { company, seen, history, firstHref, nextHref } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<FieldName>("company", useActionData<typeof action>());
  return (
    <div className="flex flex-col gap-8">
      <ErrorSummary {...summary} />
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">{t("settings.company.edit")}</h1>
        <p className="max-w-prose text-fg-muted">{t("settings.company.about")}</p>
      </div>
      <Form method="post" id={form.id} noValidate className="flex max-w-form flex-col items-start gap-5">
        <input type="hidden" name="seen" value={seen} />
        {FIELDS.map((field) => (
          <div key={field} className="w-full">
            <Field
              {...TYPES[field]}
              id={fields[field].id}
              name={field}
              label={t(`settings.company.${field}`)}
              hint={OPTIONAL.has(field) ? t("settings.company.optional") : undefined}
              defaultValue={fields[field].initialValue ?? company[field] ?? ""}
              error={fields[field].errors}
              maxLength={200}
              required={!OPTIONAL.has(field)}
            />
          </div>
        ))}
        <SubmitButton variant="primary">{t("settings.company.save")}</SubmitButton>
      </Form>
      <OfficeSection title={t("settings.company.history")}>
        <CompanyHistory versions={history} />
        <KeysetPaging previousHref={firstHref} nextHref={nextHref} />
      </OfficeSection>
    </div>
  );
}
