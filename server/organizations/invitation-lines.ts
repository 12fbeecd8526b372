import type { OrganizationRole } from "../kernel/actor.ts";
import { normalizeEmail } from "../kernel/email-address.ts";

/** One line of what was pasted or in the file: whom to invite as what, or what cannot be read in it. */
export type InvitationLine = {
  /** Counted from 1, headings and empty lines included: what an editor shows. */
  readonly line: number;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly problem: "bad_address" | "bad_role" | null;
};

/** People that are invited at a time. */
export const MOST_LINES = 200;

const ROLE_WORDS: Readonly<Record<string, OrganizationRole>> = {
  ...{ owner: "owner", ägare: "owner", admin: "admin", administrator: "admin", administratör: "admin" },
  ...{ billing: "billing", betalare: "billing", ekonomi: "billing", member: "member", medlem: "member" },
};
const EMAIL_HEADINGS = ["email", "e-mail", "mail", "address", "e-post", "epost", "e-postadress", "adress"];
const ROLE_HEADINGS = ["role", "roll"];
const ADDRESS = /^[^\s@"<>(),;:\\[\]]+@[^\s@"<>(),;:\\[\]]+\.[^\s@"<>(),;:\\[\]]{2,}$/;

/**
 * Reads addresses, one per line, with a role behind each where there is one (else `member`). Commas, semicolons or tabs
 * between fields, quoted or not, with or without a line of headings, in any spelling that Excel writes.
 */
export function readInvitationLines(text: string): InvitationLine[] {
  const rows = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((source, index) => ({ line: index + 1, fields: fieldsOf(source) }))
    .filter(({ fields }) => fields.some((field) => field !== ""));
  const headings = rows[0]?.fields.map((field) => field.toLowerCase()) ?? [];
  const emailAt = headings.findIndex((heading) => EMAIL_HEADINGS.includes(heading));
  const roleAt = headings.findIndex((heading) => ROLE_HEADINGS.includes(heading));
  if (emailAt >= 0) return rows.slice(1).map((row) => lineOf(row, emailAt, roleAt));
  return rows.map((row) => lineOf(row, 0, 1));
}

function lineOf(
  { line, fields }: { line: number; fields: readonly string[] },
  emailAt: number,
  roleAt: number,
): InvitationLine {
  const email = fields[emailAt] ?? "";
  const word = (fields[roleAt] ?? "").toLowerCase();
  const role = word === "" ? "member" : ROLE_WORDS[word];
  if (email.length > 254 || !ADDRESS.test(normalizeEmail(email)))
    return { line, email: email.slice(0, 254), role: role ?? "member", problem: "bad_address" };
  return { line, email, role: role ?? "member", problem: role ? null : "bad_role" };
}

/** The fields of a line. A quoted one may hold what else would part fields, and a quote twice for one. */
function fieldsOf(source: string): string[] {
  const separator = [";", "\t", ","].find((one) => source.includes(one)) ?? ",";
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at);
    if (sign === '"' && quoted && source.charAt(at + 1) === '"') {
      field += sign;
      at++;
    } else if (sign === '"' && (quoted || field.trim() === "")) quoted = !quoted;
    else if (sign === separator && !quoted) {
      fields.push(field.trim());
      field = "";
    } else field += sign;
  }
  return [...fields, field.trim()];
}
