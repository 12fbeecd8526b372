import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireStaff, requireStaffRole } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { customerKeysList } from "~/lib/lists/customer-keys.ts";
import { listAt } from "~/lib/lists/definition.ts";
import { openList } from "~/lib/lists/list-view.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { Field } from "~/ui/field.tsx";
import { type ApiKey, KeyList } from "~/ui/identity/key-list.tsx";
import { ListPage } from "~/ui/lists/list-page.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { revokeOthersKeyInput } from "../../server/api-keys/input.ts";

/** May end a customer's key; the server has the same list. */
const REVOKING = ["owner", "support"] as const;

export function loader(args: LoaderFunctionArgs) {
  const { role } = requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const customerId = args.params.id ?? "";
    const asked = openList(args, customerKeysList, { customerId });
    const [{ name, email }, page] = await Promise.all([
      caller.customers.get({ id: customerId }),
      caller.apiKeys.ofCustomer({ ...asked.filters, ...asked.place, customerId, counted: true }),
    ]);
    const revoked = new URL(args.request.url).searchParams.has("revoked");
    const mayRevoke = REVOKING.some((one) => one === role);
    const list = await asked.view(page);
    return { locale, customerId, who: name ?? email, keys: page.items, list, revoked, mayRevoke };
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
  const { customerId, who, keys, list, revoked, mayRevoke } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <div className="flex flex-col gap-8">
      {refused && <Banner live tone="bad" title={t("balance.keys.reasonMissing")} />}
      {revoked && !refused && <Banner live tone="ok" title={t("balance.keys.revoked")} />}
      <ListPage
        definition={listAt(customerKeysList, `/admin/customers/${customerId}/keys`)}
        list={list}
        columns={[]}
        rows={keys}
        rowKey={(key) => key.id}
        items={<KeyList keys={keys} ending={(key) => (mayRevoke ? <Revoke of={key} /> : null)} />}
      >
        <p className="break-all text-fg-muted">
          <Link to={`/admin/customers/${customerId}`}>{who}</Link>
        </p>
      </ListPage>
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
