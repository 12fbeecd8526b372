import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { campaignForm, parseCampaignForm, readCampaignForm } from "~/lib/campaigns/campaign-form.server.ts";
import type { CampaignForm, FormFault } from "~/lib/campaigns/campaign-form.ts";
import { formatDateTime } from "~/lib/format/dates.ts";
import { requireStaff } from "~/lib/guard.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { t as translate } from "~/lib/i18n/translate.ts";
import { pageMeta } from "~/lib/page/page-title.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer, formStatus } from "~/lib/respond.ts";
import { Banner } from "~/ui/banner.tsx";
import { CampaignChanges } from "~/ui/campaigns/campaign-changes.tsx";
import { CampaignEditorForm } from "~/ui/campaigns/campaign-editor-form.tsx";
import { CampaignPreview } from "~/ui/campaigns/campaign-preview.tsx";
import { CampaignProblems } from "~/ui/campaigns/campaign-problems.tsx";
import { CampaignVersions } from "~/ui/campaigns/campaign-versions.tsx";
import { Field } from "~/ui/field.tsx";
import { OfficeSection } from "~/ui/office/office-section.tsx";
import { SubmitButton } from "~/ui/submit-button.tsx";

type Outcome = {
  done: "saved" | "published" | null;
  version: number | null;
  conflict: boolean;
  reasonMissing: boolean;
  faults: FormFault[];
  /** As it was typed, where it was not kept. */
  typed: CampaignForm | null;
};
const NOTHING: Outcome = { done: null, version: null, conflict: false, reasonMissing: false, faults: [], typed: null };

export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, locale }) => {
    const editor = await caller.pricing.campaigns.editor.get({ id: args.params.id ?? "" });
    return { locale, editor, stored: campaignForm(editor.content) };
  });
}

export function action(args: ActionFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller }) => {
    const id = args.params.id ?? "";
    const form = await args.request.formData();
    const revision = Number(form.get("revision") ?? 0);
    const { editor } = caller.pricing.campaigns;
    const outcome = (given: Partial<Outcome>, status = 200) =>
      data({ ...NOTHING, ...given }, { status: formStatus(args.request, status) });
    const act = form.get("act");
    try {
      if (act === "discard") {
        const { deleted } = await editor.discard({ id, revision });
        return redirect(deleted ? "/admin/campaigns" : `/admin/campaigns/${encodeURIComponent(id)}`);
      }
      if (act === "publish") {
        const reason = String(form.get("reason") ?? "").trim();
        if (reason === "") return outcome({ reasonMissing: true }, 422);
        const { version } = await editor.publish({ id, revision, reason });
        return outcome({ done: "published", version });
      }
      const typed = readCampaignForm(form);
      const { content, faults } = parseCampaignForm(typed);
      if (content === null) return outcome({ faults, typed }, 422);
      await editor.save({ id, revision, content });
      return outcome({ done: "saved" });
    } catch (error) {
      const code = refusalOf(error)?.code;
      if (code === "pricing.draft.conflict")
        return outcome({ conflict: true, typed: act === "save" ? readCampaignForm(form) : null }, 409);
      if (code === "pricing.draft_wrong") return outcome({}, 422);
      throw error;
    }
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => {
  const locale = page?.locale ?? "sv";
  return pageMeta({ title: translate(locale)("campaigns.editor.title"), locale });
};

export default function CampaignEditorPage() {
  const t = useT();
  const locale = useLocale();
  const { editor, stored } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>() ?? NOTHING;
  const faults = Object.fromEntries(result.faults.map(({ field, key }) => [field, t(key)]));
  const canPublish = editor.draft !== null && editor.problems.every((problem) => problem.severity === "warning");
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-2">
        <p>
          <Link to={`/admin/campaigns/${encodeURIComponent(editor.id)}`}>{t("campaigns.editor.back")}</Link>
        </p>
        <h1 className="text-26 font-bold">{editor.content.name || t("campaigns.editor.title")}</h1>
        <p className="text-fg-muted">
          {t("campaigns.editor.intro")}{" "}
          {editor.draft &&
            t("campaigns.editor.savedBy", {
              at: formatDateTime(editor.draft.savedAt, locale, "table"),
              who: editor.draft.savedBy,
            })}
        </p>
      </div>
      {result.done === "saved" && <Banner live tone="ok" title={t("campaigns.editor.saved")} />}
      {result.done === "published" && (
        <Banner live tone="ok" title={t("campaigns.editor.published", { version: result.version ?? 0 })} />
      )}
      {result.conflict && (
        <Banner live tone="warn" title={t("campaigns.editor.conflict")}>
          <p>{t("campaigns.editor.conflictBody")}</p>
        </Banner>
      )}
      {result.faults.length > 0 && (
        <Banner live tone="bad" title={t("campaigns.editor.unread")}>
          <ul>
            {result.faults.map(({ field, key }) => (
              <li key={field}>{t(key)}</li>
            ))}
          </ul>
        </Banner>
      )}
      <CampaignEditorForm
        // What was saved by somebody else replaces the fields only when nothing of one's own is in them.
        key={`${editor.revision}:${result.typed === null}`}
        editor={editor}
        form={result.typed ?? stored}
        revision={editor.revision}
        faults={faults}
      />
      <OfficeSection title={t("campaigns.editor.validation")}>
        <CampaignProblems problems={editor.problems} catalog={editor.catalog} />
      </OfficeSection>
      <CampaignPreview preview={editor.preview} previewAt={editor.previewAt} />
      {editor.changes.length > 0 && (
        <OfficeSection title={t("campaigns.editor.changes")}>
          <CampaignChanges changes={editor.changes} catalog={editor.catalog} />
        </OfficeSection>
      )}
      {canPublish && (
        <OfficeSection title={t("campaigns.editor.publishTitle")}>
          <Form method="post" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
            <p className="max-w-prose">{t("campaigns.editor.publishHint")}</p>
            <input type="hidden" name="revision" value={editor.revision} />
            <div className="flex flex-wrap items-end gap-3">
              <div className="w-72 max-w-full">
                <Field
                  compact
                  name="reason"
                  label={t("campaigns.editor.publishReason")}
                  error={
                    result.reasonMissing ? t("errors.enter", { label: t("office.reason").toLowerCase() }) : undefined
                  }
                />
              </div>
              <SubmitButton name="act" value="publish" size="compact" variant="primary">
                {t("campaigns.editor.publish")}
              </SubmitButton>
            </div>
          </Form>
        </OfficeSection>
      )}
      <CampaignVersions versions={editor.versions} catalog={editor.catalog} />
    </div>
  );
}
