import type { AppLoadContext } from "@remix-run/node";
import type { ExportRow } from "../../../server/entitlements/export-page.ts";
import type { ExportFormat, ExportPart } from "../../../server/entitlements/input.ts";

type Caller = AppLoadContext["caller"];
export type Head = Awaited<ReturnType<Caller["entitlements"]["exports"]["begin"]>>;

/** What there is of an organization: what it is, and every row of each part, read page by page as it is written. */
export type OrganizationData = {
  readonly head: Head;
  rows<Part extends ExportPart>(part: Part): AsyncGenerator<ExportRow<Part>>;
};

const PAGE = 500;

/** Begins to take an organization's data along (that is recorded); refused where its plan does not include this format. */
export async function organizationData(
  caller: Caller,
  asked: { organizationId: string; format: ExportFormat },
): Promise<OrganizationData> {
  const head = await caller.entitlements.exports.begin(asked);
  return {
    head,
    async *rows<Part extends ExportPart>(part: Part) {
      for (let cursor: string | undefined; ; ) {
        const page = await caller.entitlements.exports.page({ ...asked, part, cursor, limit: PAGE });
        yield* page.items as ExportRow<Part>[];
        if (page.nextCursor === null) return;
        cursor = page.nextCursor;
      }
    },
  };
}

/** `bos-bageri-2026-11-21`: what a file of an organization is called, without its ending. */
export function fileStem({ organization, exportedAt }: Head): string {
  const plain = (organization.name ?? "").normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return `${words.slice(0, 60) || "organization"}-${exportedAt.toISOString().slice(0, 10)}`;
}
