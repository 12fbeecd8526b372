import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { answerForm } from "~/lib/answer-form.server.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { chooseOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { useServerForm } from "~/lib/server-form.ts";
import { Field } from "~/ui/field.tsx";
import { FormPage } from "~/ui/form-page.tsx";
import { PasswordField } from "~/ui/identity/password-field.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";
import { invitationLinkInput, joinInput } from "../../server/organizations/input.ts";

export function loader(args: LoaderFunctionArgs) {
  return answer(args, async ({ caller, locale, viewer }) => {
    const token = new URL(args.request.url).searchParams.get("token") ?? "";
    const who = viewer.kind === "anonymous" ? null : viewer.email;
    try {
      return { locale, token, who, invitation: await caller.organizations.invitations.read({ token }) };
    } catch (error) {
      if (refusalOf(error)?.kind !== "invalid") throw error;
      return { locale, token, who, invitation: null };
    }
  });
}

export async function action(args: ActionFunctionArgs) {
  const t = translate(args.context.locale);
  const joins = (await args.request.clone().formData()).has("password");
  if (!joins) {
    return answerForm(args, { schema: invitationLinkInput, labels: {} }, async (value, context) => {
      const { id } = await context.caller.organizations.invitations.accept(value);
      chooseOrganization(context, id);
      return redirect("/account/organization");
    });
  }
  const labels = { password: t("identity.password"), name: t("organizations.yourName") };
  return answerForm(args, { schema: joinInput, labels }, async (value, context) => {
    const { id } = await context.caller.organizations.invitations.join(value);
    chooseOrganization(context, id);
    // Whoever has no session yet is asked to sign in on the way.
    return redirect("/account/organization");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const locale = data?.locale ?? "sv";
  return [
    ...pageMeta({ title: translate(locale)("organizations.invited.title"), locale }),
    // The link is a secret: no other site may learn it. (Without any referrer a browser would not say where a form came from.)
    { name: "referrer", content: "same-origin" },
  ];
};

/** Answers an invitation into an organization: signed in, with an account's password, or with a new account. */
export default function Invitation() {
  const t = useT();
  const { token, invitation, who } = useLoaderData<typeof loader>();
  const { form, fields, summary } = useServerForm<"password" | "name">("join", useActionData<typeof action>());
  if (!invitation)
    return (
      <FormPage title={t("organizations.invited.gone")} lead={t("organizations.invited.goneText")} summary={summary}>
        {null}
      </FormPage>
    );
  const { organizationName: organization, email, way } = invitation;
  const role = t(`organizations.role.${invitation.role}`).toLowerCase();
  return (
    <FormPage
      title={t("organizations.invited.to", { organization })}
      lead={t("organizations.invited.lead", { who: invitation.invitedBy, organization, role })}
      summary={summary}
    >
      <p className="break-words">{t(`organizations.invited.way.${way}`, { email, who: who ?? "" })}</p>
      {way === "other" ? (
        <Form method="post" action="/logout">
          <SubmitButton action="/logout" size="large" full>
            {t("organizations.invited.signOut")}
          </SubmitButton>
        </Form>
      ) : (
        <Form method="post" id={form.id} noValidate className="flex flex-col gap-5">
          <input type="hidden" name="token" value={token} />
          {way === "sign_up" && (
            <Field
              id={fields.name.id}
              name="name"
              autoComplete="name"
              label={t("organizations.yourName")}
              defaultValue={fields.name.initialValue}
              error={fields.name.errors}
              maxLength={100}
              optional
            />
          )}
          {way !== "accept" && (
            <PasswordField
              id={fields.password.id}
              name="password"
              autoComplete={way === "sign_up" ? "new-password" : "current-password"}
              label={t("identity.password")}
              hint={way === "sign_up" ? t("organizations.invited.newPassword") : undefined}
              error={fields.password.errors}
              required
            />
          )}
          <SubmitButton variant="primary" size="large" full>
            {t("organizations.invited.accept")}
          </SubmitButton>
        </Form>
      )}
    </FormPage>
  );
}
