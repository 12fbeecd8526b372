import { useT } from "~/lib/i18n/language.tsx";

export type BrandView = { name: string; color: string; ink: string; logoFileId: string | null };

/** What an organization calls itself and looks like, above its own pages; nothing where it looks as everybody's. */
export function BrandBar({ brand }: { brand: BrandView | null }) {
  if (!brand) return null;
  return (
    <p
      className="mb-6 flex min-h-14 items-center gap-3 rounded-card px-4 py-2 font-medium"
      style={{ backgroundColor: brand.color, color: brand.ink }}
    >
      <BrandLogo brand={brand} />
      <span className="min-w-0 break-words">{brand.name}</span>
    </p>
  );
}

function BrandLogo({ brand }: { brand: BrandView }) {
  if (!brand.logoFileId) return null;
  return <img src={`/media/${brand.logoFileId}`} alt="" className="h-8 w-auto max-w-40 object-contain" />;
}

/** What a mail to members and invitees will look like: its mark, and its one action. */
export function BrandedMail({ brand }: { brand: BrandView }) {
  const t = useT();
  return (
    <div className="flex flex-col items-start gap-4 rounded-card border border-line bg-raised p-5">
      <p className="flex items-center gap-2 font-medium">
        {brand.logoFileId ? (
          <BrandLogo brand={brand} />
        ) : (
          <span
            aria-hidden="true"
            className="inline-block size-2.5 border"
            style={{ backgroundColor: brand.color, borderColor: brand.ink }}
          />
        )}
        {brand.name}
      </p>
      <p>{t("organizations.brand.mailText", { name: brand.name })}</p>
      <span
        className="rounded-control border px-5 py-3 font-medium"
        style={{ backgroundColor: brand.color, color: brand.ink, borderColor: brand.ink }}
      >
        {t("organizations.brand.mailAction")}
      </span>
    </div>
  );
}
