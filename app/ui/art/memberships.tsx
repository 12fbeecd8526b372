import { PAPER, YELLOW } from "./art-frame.tsx";

/** A door standing open to a lit room. */
export function OpenDoor() {
  return (
    <>
      <path d="M18 138h124" />
      <path className={YELLOW} d="M50 24h60v114H50z" />
      <path className={PAPER} d="M50 24l36 14v112l-36-12z" />
      <path d="M58 46l20 7v30l-20-5zM58 92l20 4v34l-20-6z" />
      <circle cx="80" cy="90" r="1.5" />
      <path d="M42 16h76v122M42 16v122" />
    </>
  );
}

/** A kettlebell with a plus. */
export function Kettlebell() {
  return (
    <>
      <path d="M22 142h116" />
      <path className={PAPER} d="M54 72C40 28 120 28 106 72" />
      <path d="M66 66c-8-22 36-22 28 0" />
      <path className={PAPER} d="M54 142c-18-12-24-26-24-38 0-26 22-42 50-42s50 16 50 42c0 12-6 26-24 38z" />
      <circle className={YELLOW} cx="80" cy="104" r="22" />
      <path d="M80 93v22M69 104h22" />
    </>
  );
}

/** A membership card with a tick. */
export function MemberCard() {
  return (
    <>
      <path d="M80 14v14M72 28h16v10H72z" />
      <rect className={PAPER} x="22" y="38" width="116" height="86" rx="8" />
      <path className={YELLOW} d="M22 56h116v18H22z" />
      <path d="M40 98l7 7 14-16M78 92h42M78 104h26" />
      <path d="M34 136h92" />
    </>
  );
}

/** A window with the sun in it, for training by day. */
export function DayWindow() {
  return (
    <>
      <path d="M20 138h120" />
      <path className={PAPER} d="M38 138V66a42 42 0 0 1 84 0v72z" />
      <circle className={YELLOW} cx="80" cy="76" r="22" />
      <path d="M80 24v114M38 66h84M38 104h84M30 138v8h100v-8" />
    </>
  );
}
