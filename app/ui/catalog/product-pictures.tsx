import { Form } from "@remix-run/react";
import type { OfficeProduct } from "~/lib/catalog/product-types.ts";
import { useLocale, useT } from "~/lib/i18n/language.tsx";
import { Field } from "../field.tsx";
import { SubmitButton } from "../submit-button.tsx";
import { Picture } from "./picture.tsx";

const LANGUAGES = ["sv", "en"] as const;
type OfficePicture = OfficeProduct["media"][number];

/** The pictures of a product in order, each with what it shows; the first one is its card. Below them a form for one more. */
export function ProductPictures({ media }: Pick<OfficeProduct, "media">) {
  const t = useT();
  return (
    <div className="flex flex-col gap-4">
      {media.length === 0 ? (
        <p className="text-fg-muted">{t("products.noPictures")}</p>
      ) : (
        <ol className="divide-y divide-line border-y border-line">
          {media.map((picture, index) => (
            <PictureRow key={picture.key} of={picture} index={index} count={media.length} />
          ))}
        </ol>
      )}
      <AddPicture />
    </div>
  );
}

function PictureRow({ of, index, count }: { of: OfficePicture; index: number; count: number }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li className="py-4">
      <Form method="post" className="flex flex-wrap items-end gap-x-4 gap-y-3">
        <input type="hidden" name="picture" value={of.key} />
        <div className="grid aspect-[4/5] w-20 place-items-center rounded-compact bg-sunken">
          <Picture art={of.art} picture={of.picture} alt={of.alt[locale]} artClassName="w-3/4" lazy />
        </div>
        <AltFields idBase={of.key} alt={of.alt} />
        <div className="flex flex-wrap gap-2">
          <SubmitButton size="compact" name="intent" value="save">
            {t("products.savePicture")}
          </SubmitButton>
          {index > 0 && (
            <SubmitButton size="compact" variant="outline" name="intent" value="earlier">
              {t("products.earlier")}
            </SubmitButton>
          )}
          {index < count - 1 && (
            <SubmitButton size="compact" variant="outline" name="intent" value="later">
              {t("products.later")}
            </SubmitButton>
          )}
          <SubmitButton size="compact" variant="quiet" name="intent" value="remove">
            {t("products.removePicture")}
          </SubmitButton>
        </div>
      </Form>
    </li>
  );
}

function AddPicture() {
  const t = useT();
  return (
    <details>
      <summary className="cursor-pointer py-2 font-medium">{t("products.addPicture")}</summary>
      <Form method="post" encType="multipart/form-data" className="flex flex-wrap items-end gap-x-4 gap-y-3 pt-3">
        <div className="w-72">
          <Field
            compact
            id="picture-file"
            label={t("products.file")}
            hint={t("products.fileHint")}
            name="file"
            type="file"
            accept="image/png,image/jpeg,image/webp"
            required
          />
        </div>
        <AltFields idBase="new" alt={{ sv: "", en: "" }} />
        <SubmitButton size="compact" name="intent" value="addPicture">
          {t("products.addPicture")}
        </SubmitButton>
      </Form>
    </details>
  );
}

function AltFields({ idBase, alt }: { idBase: string; alt: { sv: string; en: string } }) {
  const t = useT();
  return LANGUAGES.map((language) => (
    <div key={language} className="w-64">
      <Field
        compact
        id={`alt-${idBase}-${language}`}
        label={t("products.alt", { language: t(`products.${language}`) })}
        name={`alt.${language}`}
        defaultValue={alt[language]}
        maxLength={300}
        required
      />
    </div>
  ));
}
