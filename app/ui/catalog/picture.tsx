import { Art } from "../art/art.tsx";

type PictureProps = {
  /** The drawing, shown where no picture was uploaded. */
  art: string;
  picture: { src: string; width: number; height: number } | null;
  /** What it shows; without one it is decoration beside its name. */
  alt?: string;
  /** How large a drawing stands in its frame. */
  artClassName: string;
  /** Below the fold: fetched when it is near. */
  lazy?: boolean;
};

/** A product's picture: the one that staff uploaded fills its frame, a drawing stands in it with air around. */
export function Picture({ art, picture, alt, artClassName, lazy = false }: PictureProps) {
  if (!picture) return <Art name={art} {...(alt ? { title: alt } : {})} className={artClassName} />;
  return (
    <img
      src={picture.src}
      width={picture.width}
      height={picture.height}
      alt={alt ?? ""}
      loading={lazy ? "lazy" : "eager"}
      decoding="async"
      className="size-full rounded-[inherit] object-cover"
    />
  );
}
