import { z } from "zod";
import { ORGANIZATION_ROLES } from "../kernel/actor.ts";
import { listPlace } from "../kernel/input.ts";

const id = z.string().min(1).max(60);
const name = z.string().trim().min(2).max(100);
const role = z.enum(ORGANIZATION_ROLES);
const reason = z.string().trim().min(3).max(500);
/** Of a mailed link. One that a mail program cut short is looked up too, and answered as one that is too old. */
const token = z.string().min(1).max(200);

export const organizationInput = z.object({ organizationId: id });
/** `chosen`: what the browser keeps of the last choice, whatever that is worth by now. */
export const currentInput = z.object({ chosen: z.string().max(60).nullish() });
/** `formKey`: of one filled-in form; sent twice it founds one company. */
export const foundInput = z.object({
  name,
  formKey: z
    .string()
    .regex(/^[\w-]{16,100}$/)
    .optional(),
});
export const renameInput = z.object({ organizationId: id, name });
export const memberInput = z.object({ organizationId: id, memberId: id });
export const memberRoleInput = z.object({ organizationId: id, memberId: id, role });
/** A page of one's own. */
export const ownPageInput = z.object({ cursor: listPlace.cursor, limit: listPlace.limit });
/** Whoever is in an organization, for staff: found by name or address, in one role. */
export const officeMembersInput = z.object({
  ...listPlace,
  organizationId: id,
  q: z.string().trim().max(200).optional(),
  role: z.enum(ORGANIZATION_ROLES).optional(),
  sort: z.literal("joined").optional(),
});
export const membersInput = z.object({ organizationId: id, cursor: listPlace.cursor, limit: listPlace.limit });

const way = z.enum(["join", "ask"]);
export const claimDomainInput = z.object({ organizationId: id, way });
export const domainInput = z.object({ organizationId: id, domainId: id });
export const domainWayInput = z.object({ organizationId: id, domainId: id, way });
export const joinRequestInput = z.object({ organizationId: id, requestId: id });
export const officeDomainInput = z.object({ organizationId: id, domainId: id, reason });

const color = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/);
export const brandPreviewInput = z.object({ organizationId: id, name, color });
/** `logo`: a picture in base64; `withoutLogo` takes the one there away. */
export const brandInput = z.object({
  ...{ organizationId: id, name, color },
  logo: z.base64().max(4_100_000).optional(),
  withoutLogo: z.boolean().default(false),
});

export const inviteInput = z.object({
  organizationId: id,
  email: z.string().trim().max(254).pipe(z.email()),
  role: role.default("member"),
});
/** Addresses, one per line, with or without roles: what was pasted, or was in the file. */
export const csvInput = z.object({ organizationId: id, csv: z.string().max(100_000) });
export const invitationInput = z.object({ organizationId: id, invitationId: id });
export const invitationLinkInput = z.object({ token });
export const joinInput = z.object({
  token,
  password: z.string().min(1).max(200),
  name: z.preprocess((value) => (value === "" ? undefined : value), z.string().trim().min(1).max(100).optional()),
});

export const organizationListInput = z.object({
  ...listPlace,
  /** The beginning of a name or of the payer's address, or an id. */
  q: z.string().trim().max(200).optional(),
  kind: z.enum(["personal", "company"]).optional(),
  state: z.enum(["open", "closed"]).optional(),
  /** Days in the shop's time zone, both included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sort: z.enum(["since"]).default("since"),
});
export const ofCustomerInput = z.object({ customerId: id });
export const historyInput = z.object({ organizationId: id, cursor: listPlace.cursor, limit: listPlace.limit });
export const officeMemberRoleInput = z.object({ organizationId: id, memberId: id, role, reason });
export const officeMemberInput = z.object({ organizationId: id, memberId: id, reason });
export const officeInvitationInput = z.object({ organizationId: id, invitationId: id, reason });
