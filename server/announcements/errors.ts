import { defineErrors } from "../kernel/errors.ts";

export const announcementErrors = defineErrors({
  endpointNotFound: ["announcements.endpoint_not_found", "not_found", "There is no such receiver."],
  deliveryNotFound: ["announcements.delivery_not_found", "not_found", "There is no such delivery."],
  urlNotAllowed: [
    "announcements.url_not_allowed",
    "invalid",
    "The address must be https and public: not this machine, not a private network.",
  ],
});
