import type { ComponentType } from "react";
import { ArtFrame, type DrawingProps } from "./art-frame.tsx";
import { CareLabel, Shorts, Socks, TankTop, Tights } from "./clothes.tsx";
import { Bag, Bottle, Cap, Hoodie, Towel, TShirt } from "./goods.tsx";
import { Bands, Chalk, JumpRope, LiftingBelt, WristWraps } from "./lifting.tsx";
import { DayWindow, Kettlebell, MemberCard, OpenDoor } from "./memberships.tsx";
import { FoamRoller, MassageBall, Mat, TrainingLog } from "./recovery.tsx";
import { Credits, Locker, Unplugged } from "./scenes.tsx";

const DRAWINGS = {
  "membership-open": OpenDoor,
  "membership-plus": Kettlebell,
  "membership-test": MemberCard,
  "membership-day": DayWindow,
  "t-shirt": TShirt,
  hoodie: Hoodie,
  bottle: Bottle,
  towel: Towel,
  bag: Bag,
  cap: Cap,
  tank: TankTop,
  shorts: Shorts,
  tights: Tights,
  socks: Socks,
  "care-label": CareLabel,
  "lifting-belt": LiftingBelt,
  "wrist-wraps": WristWraps,
  chalk: Chalk,
  "jump-rope": JumpRope,
  bands: Bands,
  mat: Mat,
  "foam-roller": FoamRoller,
  "massage-ball": MassageBall,
  "training-log": TrainingLog,
  credits: Credits,
  empty: Locker,
  lost: Unplugged,
} as const satisfies Record<string, ComponentType>;

export type ArtName = keyof typeof DRAWINGS;

export const ART_NAMES = Object.keys(DRAWINGS) as ArtName[];

/** Those that are of things and memberships; the others are of pages. */
export const PRODUCT_ART = ART_NAMES.filter(
  (name): name is Exclude<ArtName, "care-label" | "credits" | "empty" | "lost"> =>
    !["care-label", "credits", "empty", "lost"].includes(name),
);

/** A product's drawing by the name the catalogue gives it; an unknown name gets the empty locker. */
export function Art({ name, ...frame }: DrawingProps & { name: ArtName | (string & {}) }) {
  const Drawing = isArtName(name) ? DRAWINGS[name] : Locker;
  return (
    <ArtFrame {...frame}>
      <Drawing />
    </ArtFrame>
  );
}

function isArtName(name: string): name is ArtName {
  return Object.hasOwn(DRAWINGS, name);
}
