import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Tells every receiver about a campaign of ours as it is now. */
export const announceCampaignJob = defineJob({
  name: "announcements.announce-campaign",
  payload: z.object({ campaignId: z.string() }),
});

/** One try of one delivery. */
export const deliverAnnouncementJob = defineJob({
  name: "announcements.deliver",
  payload: z.object({ deliveryId: z.string() }),
});
