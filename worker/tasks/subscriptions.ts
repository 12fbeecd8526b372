import { sendMembershipStarted } from "../../server/subscriptions/index.ts";
import type { sendMembershipStartedJob } from "../../server/subscriptions/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendMembershipStarted: Handler<typeof sendMembershipStartedJob> = sendMembershipStarted;
