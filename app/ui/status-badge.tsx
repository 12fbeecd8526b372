import {
  Check,
  CircleDashed,
  CircleHelp,
  Clock,
  CornerUpLeft,
  Hand,
  Hourglass,
  type LucideIcon,
  Minus,
  Pause,
  Pencil,
  Scale,
  Truck,
  X,
  Zap,
} from "lucide-react";
import { formatDate, formatTime, type Instant } from "~/lib/format/dates.ts";
import { useLocale } from "~/lib/i18n/language.tsx";
import { fillMessage } from "~/lib/i18n/translate.ts";
import { type StatusIcon, type StatusNoun, type StatusOf, statusView } from "~/lib/statuses.ts";
import { Badge } from "./badge.tsx";

export const STATUS_ICONS: Record<StatusIcon, LucideIcon> = {
  clock: Clock,
  progress: CircleDashed,
  hand: Hand,
  check: Check,
  cross: X,
  question: CircleHelp,
  return: CornerUpLeft,
  dispute: Scale,
  minus: Minus,
  pause: Pause,
  hourglass: Hourglass,
  pen: Pencil,
  truck: Truck,
  live: Zap,
};

type StatusBadgeProps<Noun extends StatusNoun> = {
  of: Noun;
  state: StatusOf<Noun>;
  /** When it ends or is tried again, for the states whose word names it. */
  at?: Instant | null;
};

/** The one way to show a state: word, tone and icon from one map. */
export function StatusBadge<Noun extends StatusNoun>({ of, state, at }: StatusBadgeProps<Noun>) {
  const locale = useLocale();
  const { message, tone, icon } = statusView(of, state);
  const when = at ? { date: formatDate(at, locale, "day"), time: formatTime(at, locale) } : { date: "", time: "" };
  return (
    <Badge tone={tone} icon={STATUS_ICONS[icon]}>
      {fillMessage(locale, message, when).trim()}
    </Badge>
  );
}
