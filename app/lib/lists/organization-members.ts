import { z } from "zod";
import { ORGANIZATION_ROLES } from "../organizations/organization-roles.ts";
import { defineList, searchText } from "./definition.ts";

/** Who is in one organization; it stands on the page of the organization. */
export const organizationMembersList = defineList({
  name: "orgmembers",
  path: "/admin/organizations",
  title: "organizations.members",
  empty: {
    ever: "organizations.office.noMembers",
    filtered: "lists.noneMatch",
    next: { to: "/admin/organizations", label: "admin.nav.organizations" },
  },
  within: "organizationId",
  filters: { organizationId: searchText, q: searchText, role: z.enum(ORGANIZATION_ROLES) },
  fields: {
    q: { kind: "search", label: "organizations.office.memberQuery" },
    role: {
      kind: "choice",
      label: "organizations.role",
      options: ORGANIZATION_ROLES.map((value) => ({ value, label: `organizations.role.${value}` as const })),
    },
  },
  sorts: { joined: "asc" },
});
