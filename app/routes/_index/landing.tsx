import Download from "lucide-react/icons/download";
import ListOrdered from "lucide-react/icons/list-ordered";
import UserRound from "lucide-react/icons/user-round";
import { Presence } from "~/components/presence";
import type { Welcome } from "~/settings/brand.server";
import { Closed } from "./closed";
import { useText } from "~/messages/text";

const FACTS = [
  { key: "landing.fact.person", Icon: UserRound },
  { key: "landing.fact.queue", Icon: ListOrdered },
  { key: "landing.fact.keep", Icon: Download },
] as const;

/** What this is, in one glance. Nothing here that the program does not know to be true; `online` null: beside the point. */
export function Landing({ online, welcome }: { online: boolean | null; welcome: Welcome }) {
  const t = useText();
  const { greeting, opening } = welcome;
  return (
    <>
      {online !== null && (opening.open ? <Presence online={online} /> : <Closed welcome={welcome} />)}
      <h1 className="mt-4 whitespace-pre-line text-balance text-[2rem] font-semibold leading-[1.1] tracking-[-0.025em] break-anywhere md:mt-5 md:text-5xl lg:text-[3.5rem]">
        {greeting ?? t("landing.heading")}
      </h1>
      <p className="mt-4 max-w-[46ch] text-pretty text-text-muted md:mt-6 md:text-lg">{t("landing.lead")}</p>
      <ul className="mt-8 flex flex-col gap-3.5 max-md:hidden">
        {FACTS.map(({ key, Icon }) => (
          <li key={key} className="flex items-center gap-3">
            <span className="grid h-8 w-8 shrink-0 place-items-center rounded bg-accent-soft text-accent-strong">
              <Icon size={17} aria-hidden="true" />
            </span>
            {t(key)}
          </li>
        ))}
      </ul>
    </>
  );
}
