import { announceCampaign, deliverAnnouncement } from "../../server/announcements/index.ts";
import type { announceCampaignJob, deliverAnnouncementJob } from "../../server/announcements/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleAnnounceCampaign: Handler<typeof announceCampaignJob> = announceCampaign;
export const handleDeliverAnnouncement: Handler<typeof deliverAnnouncementJob> = deliverAnnouncement;
