import { useT } from "~/lib/i18n/language.tsx";

const GYMS = [
  { id: "turbinen", name: "Turbinen", address: "Turbingatan 4, Malmö" },
  { id: "pannrummet", name: "Pannrummet", address: "Kolkajen 12, Malmö" },
  { id: "stallverket", name: "Ställverket", address: "Transformatorgatan 3, Lund" },
] as const;

/** Where the gyms are and when they are open. */
export function Gyms() {
  const t = useT();
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-140 text-left max-md:hidden">
        <caption className="sr-only">{t("shop.home.gyms")}</caption>
        <thead>
          <tr className="border-b border-line-strong text-14 text-fg-muted">
            <th scope="col" className="py-2 pr-6 font-medium">
              {t("shop.gyms.gym")}
            </th>
            <th scope="col" className="py-2 pr-6 font-medium">
              {t("shop.gyms.address")}
            </th>
            <th scope="col" className="py-2 pr-6 font-medium">
              {t("shop.gyms.open")}
            </th>
            <th scope="col" className="py-2 font-medium">
              {t("shop.gyms.staffed")}
            </th>
          </tr>
        </thead>
        <tbody>
          {GYMS.map((gym) => (
            <tr key={gym.id} className="border-b border-line">
              <th scope="row" className="py-3 pr-6 font-medium">
                {gym.name}
              </th>
              <td className="py-3 pr-6">{gym.address}</td>
              <td className="py-3 pr-6">{t("shop.gyms.everyDay")}</td>
              <td className="py-3">{t(`shop.gyms.${gym.id}.staffed`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="divide-y divide-line border-y border-line md:hidden">
        {GYMS.map((gym) => (
          <li key={gym.id} className="flex flex-col py-3">
            <span className="font-medium">{gym.name}</span>
            <span>{gym.address}</span>
            <span>{t("shop.gyms.everyDay")}</span>
            <span className="text-14 text-fg-muted">
              {t("shop.gyms.staffed")}: {t(`shop.gyms.${gym.id}.staffed`)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
