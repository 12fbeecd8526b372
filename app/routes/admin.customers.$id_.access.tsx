import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import type { Failure } from "~/lib/failure.ts";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Banner } from "~/ui/banner.tsx";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { impersonateInput } from "../../server/identity/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale, requestId }) => {
    const id = args.params.id ?? "";
    const account = await caller.identity.staff.account({ id });
    if (!account) throw data<Failure>({ requestId }, { status: 404 });
    return { locale, id, account };
  });
}

export async function action(args: ActionFunctionArgs) {
  requireStaffRole(args, ["owner", "support"]);
  const intent = (await args.request.clone().formData()).get("intent");
  const labels = { reason: translate(args.context.locale)("security.access.reason") };
  return answerForm(args, { schema: impersonateInput, labels }, async ({ reason }, { caller }) => {
    const customerId = args.params.id ?? "";
    if (intent === "look")
      return redirect((await caller.identity.impersonation.begin({ customerId, reason })).redirect);
    await caller.identity.staff.setAccountDisabled({ customerId, disabled: intent === "disable", reason });
    return redirect(`/admin/customers/${customerId}/access`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: found }) => {
  const locale = found?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("security.access.title"), locale });
};

export default function Access() {
  const t = useT();
  const { id, account } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"reason">("access", useActionData<typeof action>());
  return (
    <div className="flex max-w-form flex-col gap-8">
      <ErrorSummary {...summary} />
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">{t("security.access.title")}</h1>
        <p className="break-all text-fg-muted">
          <Link to={`/admin/customers/${id}`}>{account.email}</Link>
        </p>
      </div>
      {account.disabled && <Banner tone="warn" title={t("security.access.isDisabled")} />}
      <Form method="post" id={form.id} noValidate className="flex flex-col gap-8">
        <input type="hidden" name="customerId" value={id} />
        <Field
          id={fields.reason.id}
          name="reason"
          label={t("security.access.reason")}
          hint={t("security.access.reasonHint")}
          defaultValue={fields.reason.initialValue}
          error={fields.reason.errors}
          maxLength={500}
          required
        />
        {!account.staff && !account.disabled && (
          <OfficeSection title={t("security.access.look")}>
            <p className="text-fg-muted">{t("security.access.lookText")}</p>
            <div>
              <SubmitButton name="intent" value="look" variant="primary">
                {t("security.access.lookSubmit")}
              </SubmitButton>
            </div>
          </OfficeSection>
        )}
        <OfficeSection title={t(account.disabled ? "security.access.enable" : "security.access.disable")}>
          <p className="text-fg-muted">{t("security.access.disableText")}</p>
          <div>
            <SubmitButton name="intent" value={account.disabled ? "enable" : "disable"}>
              {t(account.disabled ? "security.access.enable" : "security.access.disable")}
            </SubmitButton>
          </div>
        </OfficeSection>
      </Form>
    </div>
  );
}
