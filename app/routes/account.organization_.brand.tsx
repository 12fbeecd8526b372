import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { readForm } from "~/lib/form-values.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { currentOrganization } from "~/lib/organizations/chosen-organization.server.ts";
import { isManager } from "~/lib/organizations/organization-roles.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { refusalText } from "~/lib/refusal-text.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { Checkbox } from "~/ui/checkbox.tsx";
import { Field } from "~/ui/field.tsx";
import { controlProps, FieldFrame } from "~/ui/field-frame.tsx";
import { BrandBar, BrandedMail } from "~/ui/frame/brand-bar.tsx";
import { LinkButton } from "~/ui/link-button.tsx";
import { Entitled, EntitlementsOf } from "~/ui/plans/entitled.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { caller, locale } = context;
    const { current } = await currentOrganization(context);
    if (!current || !isManager(current.role)) throw redirect("/account/organization");
    const of = { organizationId: current.id };
    const [brand, held] = await Promise.all([caller.organizations.brand.get(of), caller.entitlements.get(of)]);
    const saved = new URL(args.request.url).searchParams.has("saved");
    return { locale, organization: current, brand, entitlements: held.entitlements, saved };
  });
}

/** Saves, or shows first what it would look like: then nothing is kept. */
export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const form = await readForm(args.request);
    const typed = { name: form.text("name"), color: form.text("color") };
    const organizationId = form.text("organizationId");
    try {
      if (form.text("intent") === "preview") {
        const preview = await caller.organizations.brand.preview({ organizationId, ...typed });
        return { typed, preview, refused: null };
      }
      const file = form.file("logo");
      const logo = file ? Buffer.from(await file.arrayBuffer()).toString("base64") : undefined;
      await caller.organizations.brand.set({ organizationId, ...typed, logo, withoutLogo: form.ticked("withoutLogo") });
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || !["conflict", "invalid", "rate_limited"].includes(refusal.kind)) throw error;
      return data(
        { typed, preview: null, refused: refusalText(refusal, locale) },
        { status: formStatus(args.request, 422) },
      );
    }
    return redirect("/account/organization/brand?saved");
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("organizations.brand.title"), locale });
};

const COLOR = "#1d4ed8";

/** How an organization's own pages and mails look: name, color, logo, and what that comes to. */
export default function OrganizationBrand() {
  const t = useT();
  const { organization, brand, entitlements, saved } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const shown = answered?.preview ?? brand;
  const typed = answered?.typed;
  return (
    <div className="flex flex-col gap-8">
      {saved && !answered && <Banner live tone="ok" title={t("organizations.brand.saved")} />}
      {answered?.refused && <Banner live tone="bad" title={answered.refused} />}
      <div className="flex flex-col gap-2">
        <h1 className="text-26">{t("organizations.brand.title")}</h1>
        <p className="max-w-prose">{t("organizations.brand.lead")}</p>
      </div>
      <EntitlementsOf held={entitlements}>
        <Entitled
          to="hasWhiteLabel"
          otherwise={
            <Banner tone="info" title={t("organizations.brand.locked")}>
              <p className="mb-3">{t("organizations.brand.lockedText")}</p>
              <LinkButton to="/plans">{t("plans.mine.compare")}</LinkButton>
            </Banner>
          }
        >
          {shown && (
            <section aria-labelledby="preview">
              <h2 id="preview" className="mb-3 text-21">
                {t(answered?.preview ? "organizations.brand.preview" : "organizations.brand.present")}
              </h2>
              <BrandBar brand={shown} />
              <BrandedMail brand={shown} />
            </section>
          )}
          <Form method="post" encType="multipart/form-data" className="flex max-w-form flex-col gap-5">
            <input type="hidden" name="organizationId" value={organization.id} />
            <Field
              name="name"
              label={t("organizations.name")}
              defaultValue={typed?.name ?? brand?.name ?? organization.name ?? ""}
              minLength={2}
              maxLength={100}
              required
            />
            <Field
              name="color"
              label={t("organizations.brand.color")}
              hint={t("organizations.brand.colorHint")}
              defaultValue={typed?.color ?? brand?.color ?? COLOR}
              pattern="#[0-9A-Fa-f]{6}"
              required
            />
            <FieldFrame id="brand-logo" label={t("organizations.brand.logo")} hint={t("organizations.brand.logoHint")}>
              <input
                {...controlProps("brand-logo", { hint: true, error: null })}
                type="file"
                name="logo"
                accept="image/png,image/jpeg,image/webp"
                className="max-w-full"
              />
            </FieldFrame>
            {brand?.logoFileId && (
              <Checkbox name="withoutLogo" value="1" label={t("organizations.brand.withoutLogo")} />
            )}
            <div className="flex flex-wrap gap-3">
              <SubmitButton name="intent" value="save" variant="primary" size="large">
                {t("organizations.brand.save")}
              </SubmitButton>
              <SubmitButton name="intent" value="preview" size="large">
                {t("organizations.brand.see")}
              </SubmitButton>
            </div>
          </Form>
        </Entitled>
      </EntitlementsOf>
    </div>
  );
}
