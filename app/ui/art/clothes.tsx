import { PAPER, YELLOW } from "./art-frame.tsx";

export function TankTop() {
  return (
    <>
      <path className={PAPER} d="M58 22h10c1 18 5 26 12 26s11-8 12-26h10c1 22 6 34 16 42v72H42V64c10-8 15-20 16-42z" />
      <path className={YELLOW} d="M42 92h76v14H42z" />
      <path d="M62 22c1 24 7 32 18 32s17-8 18-32M46 68c9-8 14-20 16-40M114 68c-9-8-14-20-16-40M42 128h76" />
    </>
  );
}

export function Shorts() {
  return (
    <>
      <path className={PAPER} d="M44 40h72l14 84-40 6-10-46-10 46-40-6z" />
      <path className={YELLOW} d="M118 74l9 46-16 2-5-42z" />
      <path d="M44 40l-2 12h76l-2-12M80 52v32M74 52c-4 8-4 14-6 20M86 52c2 6 4 12 3 18M34 116l38 6M126 116l-38 6" />
    </>
  );
}

export function Tights() {
  return (
    <>
      <path className={PAPER} d="M52 16h56l4 34-6 96H88l-8-84-8 84H54l-6-96z" />
      <path className={YELLOW} d="M110 62l2-12-4-34h-6l4 36-8 94h8z" />
      <path d="M51 26h58M80 40v22M56 78h14M56 78v22h15M54 138h17M89 138h17M80 16v10" />
    </>
  );
}

export function Socks() {
  return (
    <>
      <path className={PAPER} d="M86 18h30v66c0 10 6 14 14 20 10 8 8 26-8 26-14 0-36-14-36-34z" />
      <path className={PAPER} d="M44 26h32v66c0 10-6 14-14 20-14 10-22 22-34 22-16 0-16-20-4-28 10-6 20-10 20-22z" />
      <path className={YELLOW} d="M44 40h32v10H44zM86 32h30v9H86z" />
      <path d="M44 58h32M86 49h30M44 84c10 0 20 6 24 20M26 106c6 6 10 16 8 27M48 26v8M56 26v8M64 26v8M72 26v8M92 18v8M100 18v8M108 18v8" />
    </>
  );
}

/** How a garment is washed: the last picture of everything to wear. */
export function CareLabel() {
  return (
    <>
      <path d="M14 30h132M26 24v6M40 24v6M54 24v6M68 24v6M82 24v6M96 24v6M110 24v6M124 24v6M138 24v6" />
      <path className={PAPER} d="M46 30h68v108l-6-4-6 4-6-4-6 4-6-4-6 4-6-4-6 4-6-4-6 4-4-4-4 4z" />
      <path className={YELLOW} d="M58 46h44l-6 24H64z" />
      <path d="M58 46c4 4 8 4 11 0s8-4 11 0 8 4 11 0 8-4 11 0M76 62v-6M84 62v-6M62 84h16v16H62zM62 84l16 16M78 84L62 100M92 92m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0M84 92h16M58 112h44M58 120h30" />
    </>
  );
}
