import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page-title.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { Field } from "~/ui/field.tsx";
import { type ApiKey, KeyList } from "~/ui/key-list.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { revokeOthersKeyInput } from "../../server/api-keys/input.ts";

/** May end a customer's key; the server has the same list. */
const REVOKING = ["owner", "support"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const customerId = args.params.id ?? "";
    const [{ name, email }, keys] = await Promise.all([
      caller.customers.get({ id: customerId }),
      caller.apiKeys.ofCustomer({ customerId }),
    ]);
    const revoked = new URL(args.request.url).searchParams.has("revoked");
    return { locale, customerId, who: name ?? email, keys, revoked, mayRevoke: REVOKING.some((one) => one === role) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaffRole(args, [...REVOKING]);
  return answer(args, async ({ caller }) => {
    const asked = revokeOthersKeyInput.safeParse(Object.fromEntries(await args.request.formData()));
    if (!asked.success) return data({ refused: true }, { status: formStatus(args.request, 422) });
    await caller.apiKeys.revokeOfCustomer(asked.data);
    return redirect(`/admin/customers/${args.params.id ?? ""}/keys?revoked`);
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("balance.keys.ofCustomer"), locale });
};

/** A customer's API keys: what each may do, when it was used, and its end, with the reason that goes into the audit book. */
export default function CustomerKeys() {
  const t = useT();
  const { customerId, who, keys, revoked, mayRevoke } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      {refused && <Banner live tone="bad" title={t("balance.keys.reasonMissing")} />}
      {revoked && !refused && <Banner live tone="ok" title={t("balance.keys.revoked")} />}
      <div className="flex flex-col gap-1">
        <h1 className="text-26 font-bold">{t("balance.keys.ofCustomer")}</h1>
        <p className="break-all text-fg-muted">
          <Link to={`/admin/customers/${customerId}`}>{who}</Link>
        </p>
      </div>
      {keys.length === 0 ? (
        <p className="text-fg-muted">{t("balance.keys.ofCustomerNone")}</p>
      ) : (
        <KeyList keys={keys} ending={(key) => (mayRevoke ? <Revoke of={key} /> : null)} />
      )}
    </div>
  );
}

function Revoke({ of }: { of: ApiKey }) {
  const t = useT();
  return (
    <Form method="post" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="id" value={of.id} />
      <Field compact name="reason" label={t("balance.keys.reason")} required minLength={3} maxLength={500} />
      <SubmitButton size="compact" variant="danger" aria-label={t("balance.keys.revokeOf", { name: of.name })}>
        {t("balance.keys.revoke")}
      </SubmitButton>
    </Form>
  );
}
