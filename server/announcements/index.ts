export { announceCampaign } from "./announce-campaign.ts";
export { deliverAnnouncement } from "./deliver-announcement.ts";
export { resealEndpoints } from "./reseal-endpoints.ts";
export type { AnnouncementSender, OutgoingMessage, SendOutcome, SendProblem } from "./sender.ts";
