import { Badge } from "../badge.tsx";
import { ImpersonationBar } from "../frame/impersonation-bar.tsx";
import { LinkButton } from "../link-button.tsx";
import { SeatFigures } from "../organizations/seat-figures.tsx";
import { Row, Sample } from "./sample.tsx";

const TONES = ["neutral", "info", "ok", "warn", "bad", "campaign"] as const;
/** What an answer can be that is no page: each is shown as it comes, in the frame of this page. */
const STATUSES = [403, 404, 409, 429, 500, 503] as const;
const SEATS = { allowed: 10, claimed: 6, pending: 1, free: 3, over: 0 };

/** What stands around a page, and what stands in its place. */
export function FrameSamples() {
  return (
    <Sample title="Badge, SeatFigures, ImpersonationBar, ErrorPage">
      <Row>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Row>
      <SeatFigures seats={SEATS} />
      <SeatFigures seats={{ ...SEATS, claimed: 9, free: 0 }} />
      <SeatFigures seats={{ ...SEATS, allowed: 5, claimed: 7, pending: 0, free: 0, over: 2 }} />
      <div className="relative isolate">
        <ImpersonationBar
          email="sixty-characters-long-address-for-a-member@kraftverk.example"
          until="2026-11-20T18:34:00Z"
        />
      </div>
      <Row>
        {STATUSES.map((status) => (
          <LinkButton key={status} to={`/admin/ui?failure=${status}`}>
            {String(status)}
          </LinkButton>
        ))}
      </Row>
    </Sample>
  );
}
