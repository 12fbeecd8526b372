import { refuseSecondTrials, sendMembershipStarted } from "../../server/subscriptions/index.ts";
import type { refuseSecondTrialsJob, sendMembershipStartedJob } from "../../server/subscriptions/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendMembershipStarted: Handler<typeof sendMembershipStartedJob> = sendMembershipStarted;
export const handleRefuseSecondTrials: Handler<typeof refuseSecondTrialsJob> = refuseSecondTrials;
