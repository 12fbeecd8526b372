import { ArtFrame, type DrawingProps, PAPER, YELLOW } from "./art-frame.tsx";

/** The power station the shop is named after, lit from inside. */
export function Station(props: DrawingProps) {
  return (
    <ArtFrame viewBox="0 0 480 340" {...props}>
      <path d="M8 300h464M28 312h120M200 312h180M300 322h92" />
      <path d="M344 126c-30 30-60 34-92 30M344 146c-30 28-62 30-92 26M436 126c14 10 24 14 36 16M436 146c14 10 24 12 36 14" />
      <path className={PAPER} d="M252 300l8-232h28l8 232z" />
      <path d="M259 92h30M258 108h32M266 68v-8h16v8M274 48c-8-12 10-16 2-30M290 40c-4-8 8-10 4-20" />
      <path className={PAPER} d="M40 300V176l54-34v34l54-34v34l54-34v34l54-34v158z" />
      <path d="M94 176v18M148 176v18M202 176v18M40 194h216M40 288h216" />
      <path className={YELLOW} d="M58 210h132v60H58z" />
      <path d="M84 210v60M110 210v60M138 210v60M164 210v60M58 240h132" />
      <path className={PAPER} d="M208 226h30v62h-30z" />
      <path d="M223 226v62M218 258v6M228 258v6" />
      <path d="M366 300l22-198h4l22 198M372 250h36M376 212h28M368 288l36-38M412 288l-36-38M376 212l24-34M404 212l-24-34M344 126h92M344 146h92M356 126l30-24M424 126l-30-24M344 126v8M436 126v8M344 146v8M436 146v8" />
      <path className={PAPER} d="M306 300v-12h44v12M318 288v-10h20v10" />
      <path d="M312 278h32" />
    </ArtFrame>
  );
}
