import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { data, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
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
import { Badge } from "~/ui/badge.tsx";
import { Banner } from "~/ui/banner.tsx";
import { TextArea } from "~/ui/field.tsx";
import { FieldFrame } from "~/ui/field-frame.tsx";
import { BrandBar } from "~/ui/frame/brand-bar.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

/** More than two hundred addresses with names beside them need. */
const MOST_BYTES = 100_000;

export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async (context) => {
    const { current } = await currentOrganization(context);
    if (current?.kind !== "company" || !isManager(current.role)) throw redirect("/account/organization");
    const brand = await context.caller.organizations.brand.get({ organizationId: current.id });
    return { locale: context.locale, brand, organization: { id: current.id, name: current.name } };
  });
}

/** Reads the list first and says what each line would come to; only the second form sends. */
export function action(args: ActionFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const form = await readForm(args.request);
    const file = form.file("file");
    const text = file && file.size <= MOST_BYTES ? await file.text() : form.text("csv");
    const asked = { organizationId: form.text("organizationId"), csv: text };
    const refuse = (refused: string) =>
      data({ refused, csv: text, lines: null, sent: false }, { status: formStatus(args.request, 422) });
    if (text.length > MOST_BYTES || (file && file.size > MOST_BYTES))
      return refuse(translate(locale)("errors.code.organizations.too_many_lines"));
    try {
      const sent = form.text("intent") === "send";
      const { invitations } = caller.organizations;
      const lines = sent ? await invitations.inviteAll(asked) : await invitations.preview(asked);
      return data({ refused: null, csv: text, lines, sent });
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal || !["conflict", "invalid", "rate_limited"].includes(refusal.kind)) throw error;
      return refuse(refusalText(refusal, locale));
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("organizations.csv.title"), locale });
};

type Lines = NonNullable<NonNullable<ReturnType<typeof useActionData<typeof action>>>["lines"]>;

export default function InviteMany() {
  const t = useT();
  const { organization, brand } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const invited = answered?.lines?.filter(({ outcome }) => outcome === "invite").length ?? 0;
  const hidden = <input type="hidden" name="organizationId" value={organization.id} />;
  return (
    <div className="flex flex-col gap-8">
      <BrandBar brand={brand} />
      {answered?.refused && <Banner live tone="bad" title={answered.refused} />}
      {answered?.sent && <Banner live tone="ok" title={t("organizations.csv.sent", { count: invited })} />}
      <div className="flex flex-col gap-2">
        <h1 className="text-26 break-words">{t("organizations.csv.title")}</h1>
        <p className="text-fg-muted">
          <Link to="/account/organization">{organization.name}</Link>
        </p>
        <p className="max-w-prose">{t("organizations.csv.text")}</p>
      </div>
      {answered?.lines && (
        <section aria-labelledby="lines" className="flex flex-col gap-4">
          <h2 id="lines" className="text-21">
            {t(answered.sent ? "organizations.csv.result" : "organizations.csv.preview")}
          </h2>
          <LineList lines={answered.lines} sent={answered.sent} />
          {answered.lines.some(({ outcome }) => outcome === "no_seat") && (
            <p>
              <Link to="/account/organization/seats">{t("seats.link")}</Link>
            </p>
          )}
          {!answered.sent && (
            <Form method="post" className="flex flex-col items-start gap-3">
              {hidden}
              <input type="hidden" name="csv" value={answered.csv} />
              {invited === 0 ? (
                <p>{t("organizations.csv.nobody")}</p>
              ) : (
                <SubmitButton variant="primary" size="large" name="intent" value="send">
                  {t("organizations.csv.send", { count: invited })}
                </SubmitButton>
              )}
            </Form>
          )}
        </section>
      )}
      <Form method="post" encType="multipart/form-data" className="flex max-w-prose flex-col gap-5">
        {hidden}
        <TextArea
          key={answered?.sent ? "sent" : "typed"}
          name="csv"
          rows={8}
          label={t("organizations.csv.label")}
          hint={t("organizations.csv.hint")}
          defaultValue={answered && !answered.sent ? answered.csv : ""}
        />
        <FieldFrame id="csv-file" label={t("organizations.csv.file")}>
          <input
            id="csv-file"
            type="file"
            name="file"
            accept=".csv,text/csv,text/plain"
            className="min-h-11 max-w-full"
          />
        </FieldFrame>
        <div>
          <SubmitButton size="large" name="intent" value="preview">
            {t("organizations.csv.look")}
          </SubmitButton>
        </div>
      </Form>
    </div>
  );
}

function LineList({ lines, sent }: { lines: Lines; sent: boolean }) {
  const t = useT();
  return (
    <ol className="divide-y divide-line border-y border-line">
      {lines.map((line) => (
        <li key={line.line} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
          <span className="min-w-0">
            <span className="tabular text-fg-muted">{t("organizations.csv.line", { line: line.line })}</span>{" "}
            <span className="break-all">{line.email}</span>
            <span className="text-fg-muted"> · {t(`organizations.role.${line.role}`)}</span>
          </span>
          <Badge tone={line.outcome === "invite" ? "ok" : line.outcome === "already_invited" ? "neutral" : "warn"}>
            {t(
              line.outcome === "invite" && sent
                ? "organizations.outcome.invited"
                : `organizations.outcome.${line.outcome}`,
            )}
          </Badge>
        </li>
      ))}
    </ol>
  );
}
