import { Readable } from "node:stream";
import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { fileStem, type OrganizationData, organizationData } from "~/lib/exports/organization-data.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { type Translate, t as translate } from "~/lib/i18n/translate.ts";
import type { Locale } from "~/lib/locale.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../../server/entitlements/input.ts";

const TYPES = { json: "application/json; charset=utf-8", pdf: "application/pdf", zip: "application/zip" } as const;

type Writer = (
  data: OrganizationData,
  words: { t: Translate; locale: Locale },
) => Promise<AsyncIterable<Uint8Array | string>>;
/** Loaded when somebody asks for one: they bring fonts and the like along. */
const WRITERS: Readonly<Record<ExportFormat, Writer>> = {
  json: async (data) => (await import("~/lib/exports/organization-json.server.ts")).organizationJson(data),
  pdf: async (...of) => (await import("~/lib/exports/organization-pdf.server.ts")).organizationPdf(...of),
  zip: async (...of) => (await import("~/lib/exports/organization-zip.server.ts")).organizationZip(...of),
};

/** What there is of an organization as a file, where its plan includes that; else back to the plan, which says what does. */
export function loader(args: LoaderFunctionArgs) {
  requireSignedIn(args);
  return answer(args, async ({ caller, locale }) => {
    const { searchParams } = new URL(args.request.url);
    const organizationId = searchParams.get("organization") ?? "";
    const format = EXPORT_FORMATS.find((one) => one === searchParams.get("format")) ?? "json";
    const data = await organizationData(caller, { organizationId, format }).catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal?.code !== "entitlements.missing") throw error;
      const asked = new URLSearchParams({ organization: organizationId, missing: String(refusal.details.feature) });
      throw redirect(`/account/plan?${asked}`);
    });
    const written = await WRITERS[format](data, { t: translate(locale), locale });
    return new Response(Readable.toWeb(Readable.from(written)) as ReadableStream, {
      headers: {
        "Content-Type": TYPES[format],
        "Content-Disposition": `attachment; filename="${fileStem(data.head)}.${format}"`,
        "Cache-Control": "no-store",
      },
    });
  });
}
