import { membershipAction, membershipLoader } from "~/lib/memberships/membership-data.server.ts";
import { membershipMeta } from "~/lib/memberships/membership-meta.ts";
import { MembershipPage } from "~/ui/memberships/membership-page.tsx";

export const loader = membershipLoader;
export const action = membershipAction;
export const meta = membershipMeta;

export default MembershipPage;
