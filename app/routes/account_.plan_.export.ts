import { Readable } from "node:stream";
import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { fileStem, organizationData } from "~/lib/exports/organization-data.server.ts";
import { organizationJson } from "~/lib/exports/organization-json.server.ts";
import { organizationPdf } from "~/lib/exports/organization-pdf.server.ts";
import { organizationZip } from "~/lib/exports/organization-zip.server.ts";
import { requireSignedIn } from "~/lib/guard.ts";
import { t as translate } from "~/lib/i18n/translate.ts";
import { refusalOf } from "~/lib/refusal.ts";
import { answer } from "~/lib/respond.ts";
import { EXPORT_FORMATS } from "../../server/entitlements/input.ts";

const TYPES = { json: "application/json; charset=utf-8", pdf: "application/pdf", zip: "application/zip" } as const;

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
    const words = { t: translate(locale), locale };
    const written = {
      json: () => organizationJson(data),
      pdf: () => organizationPdf(data, words),
      zip: () => organizationZip(data, words),
    }[format]();
    return new Response(Readable.toWeb(Readable.from(written)) as ReadableStream, {
      headers: {
        "Content-Type": TYPES[format],
        "Content-Disposition": `attachment; filename="${fileStem(data.head)}.${format}"`,
        "Cache-Control": "no-store",
      },
    });
  });
}
