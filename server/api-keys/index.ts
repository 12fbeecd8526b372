export { bearerKey } from "./key-secret.ts";
export { resumeKey } from "./resume-key.ts";
