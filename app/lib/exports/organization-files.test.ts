import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import type { ExportPart } from "../../../server/entitlements/input.ts";
import { t } from "../i18n/translate.ts";
import { fileStem, type Head, type OrganizationData } from "./organization-data.server.ts";
import { organizationJson } from "./organization-json.server.ts";
import { organizationPdf } from "./organization-pdf.server.ts";
import { organizationZip } from "./organization-zip.server.ts";

const at = new Date("2026-11-21T10:00:00Z");
const head: Head = {
  exportedAt: at,
  organization: { id: "org_1", kind: "company", name: "Åkes  Bageri & Łukasz", createdAt: at },
  plan: { code: "enterprise", name: { sv: "PromptForge Enterprise", en: "PromptForge Enterprise" }, version: 2 },
  entitlements: { canExportPDF: true, seats: 5 },
};
const dates = { createdAt: at, periodStartAt: at, periodEndAt: null, paidAt: at };
const money = { currency: "USD", totalAmount: 29_900, taxAmount: 5_980, amountPaid: 29_900 };
const seat = { id: "sea_1", status: "claimed" as const, userId: "usr_1", createdAt: at };
const bill = { id: "inv_1", subscriptionId: "sub_1", number: "K-1", status: "paid" as const, ...money, ...dates };
const member = (n: number) => ({
  ...{ id: `omb_${n}`, userId: `usr_${n}`, role: "member" as const, joinedAt: at, leftAt: null },
  ...{ name: n === 0 ? '=HYPERLINK("x")' : `Иван ${n}`, email: `${n}@example.se` },
});

/** More than one page of the server, and than was ever cut at. */
const MEMBERS = 10_050;
const rowsOf: Partial<Record<ExportPart, () => Iterable<unknown>>> = {
  *members() {
    for (let n = 0; n < MEMBERS; n++) yield member(n);
  },
  seats: () => [seat],
  invoices: () => [bill],
};
function dataOf(rows: typeof rowsOf): OrganizationData {
  return {
    head,
    rows: async function* (part: ExportPart) {
      yield* rows[part]?.() ?? [];
    } as OrganizationData["rows"],
  };
}
const few = { ...rowsOf, members: () => [member(0), member(1)] };
const words = { t: t("sv"), locale: "sv" as const };

async function whole(pieces: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(Buffer.from(piece));
  return Buffer.concat(all);
}
const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const pagesOf = (pdf: Uint8Array) =>
  Buffer.from(pdf)
    .toString("latin1")
    .match(/\/Type \/Page\b/g)?.length;

it("a file is called by its organization and day", () => {
  expect(fileStem(head)).toBe("akes-bageri-ukasz-2026-11-21");
  const personal = { ...head, organization: { ...head.organization, name: null } };
  expect(fileStem(personal)).toBe("organization-2026-11-21");
});

it("JSON holds every row of every part, and is empty where there is nothing", async () => {
  const json = JSON.parse(text(await whole(organizationJson(dataOf(rowsOf)))));
  expect(json).toMatchObject({ organization: { id: "org_1" }, plan: { code: "enterprise" }, seats: [{ id: "sea_1" }] });
  expect(json.members).toHaveLength(MEMBERS);
  expect(json.members.at(-1).id).toBe(`omb_${MEMBERS - 1}`);
  expect(json.invoices).toEqual([JSON.parse(JSON.stringify(bill))]);
  expect(json.planChanges).toEqual([]);
});

it("PDF goes on for as many pages as there are rows", async () => {
  const short = await whole(organizationPdf(dataOf(few), words));
  expect(text(short.subarray(0, 5))).toBe("%PDF-");
  expect(text(short.subarray(-6)).trim()).toBe("%%EOF");
  expect(pagesOf(short)).toBe(1);
  const many = { ...few, members: () => Array.from({ length: 200 }, (_, n) => member(n)) };
  expect(pagesOf(await whole(organizationPdf(dataOf(many), words)))).toBeGreaterThan(3);
});

it("ZIP holds the whole as JSON and PDF, and each part as a table in which no text is a formula", async () => {
  const files = unzipSync(await whole(organizationZip(dataOf(few), words)));
  const folder = "akes-bageri-ukasz-2026-11-21";
  expect(Object.keys(files).toSorted()).toEqual(
    [
      ...["entitlements.csv", "invoices.csv", "members.csv", "organization.json", "organization.pdf"],
      ...["plan-changes.csv", "seats.csv", "subscriptions.csv"],
    ].map((name) => `${folder}/${name}`),
  );
  expect(JSON.parse(text(files[`${folder}/organization.json`])).members).toHaveLength(2);
  expect(text(files[`${folder}/organization.pdf`]?.subarray(0, 5))).toBe("%PDF-");
  const lines = text(files[`${folder}/members.csv`]).trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain("'=HYPERLINK");
  expect(lines[2]).toContain("Иван 1,1@example.se,member,2026-11-21T10:00:00.000Z");
  expect(text(files[`${folder}/invoices.csv`])).toContain("K-1,sub_1,paid,29900,5980,29900,USD");
});
