import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { chooseOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { ErrorSummary } from "~/ui/error-summary.tsx";
import { Field } from "~/ui/field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { foundInput } from "../../server/organizations/input.ts";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ locale }) => ({ locale, formKey: crypto.randomUUID() }));
}

export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  const labels = { name: translate(args.context.locale)("organizations.name") };
  return answerForm(args, { schema: foundInput, labels }, async (value, context) => {
    const { id } = await context.caller.organizations.found(value);
    chooseOrganization(context, id);
    return redirect("/account/organization");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("organizations.new"), locale });
};

/** Founds a company: a name is all it takes. */
export default function NewOrganization() {
  const t = useT();
  const { formKey } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"name">("organization", useActionData<typeof action>());
  return (
    <div className="flex max-w-form flex-col gap-6">
      <ErrorSummary {...summary} />
      <div className="flex flex-col gap-2">
        <h1 className="text-26">{t("organizations.new")}</h1>
        <p className="max-w-prose">{t("organizations.newText")}</p>
      </div>
      <Form method="post" id={form.id} noValidate className="flex flex-col items-start gap-5">
        <input type="hidden" name="formKey" value={formKey} />
        <div className="w-full">
          <Field
            id={fields.name.id}
            name="name"
            autoComplete="organization"
            label={t("organizations.name")}
            defaultValue={fields.name.initialValue}
            error={fields.name.errors}
            maxLength={100}
            required
          />
        </div>
        <SubmitButton variant="primary" size="large">
          {t("organizations.create")}
        </SubmitButton>
      </Form>
    </div>
  );
}
