import { membershipAction, membershipLoader } from "~/lib/membership-data.server.ts";
import { membershipMeta } from "~/lib/membership-meta.ts";
import { MembershipPage } from "~/ui/membership-page.tsx";

export const loader = membershipLoader;
export const action = membershipAction;
export const meta = membershipMeta;

export default MembershipPage;
