import { Form, Link, useNavigate, useNavigation, useSubmit } from "@remix-run/react";
import ChevronDown from "lucide-react/icons/chevron-down";
import ChevronUp from "lucide-react/icons/chevron-up";
import Search from "lucide-react/icons/search";
import X from "lucide-react/icons/x";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { buttonClass } from "~/components/button";
import { useStaffText } from "~/messages/staff-text";
import { useSearchLinks, type ChatSearch } from "./search";

const PAUSE_MS = 300;

/** A field over the conversation: searches all of it, also what is not in the page. A form that asks for an address. */
export function SearchBar({ search: { q, at, hits } }: { search: ChatSearch }) {
  const t = useStaffText();
  const links = useSearchLinks(q);
  const submit = useSubmit();
  const navigate = useNavigate();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const place = hits.findIndex(({ seq }) => seq === at);
  useEffect(() => () => clearTimeout(pause.current), []);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") navigate(links.closed);
    // The words are searched already: Enter goes through what was found.
    else if (event.key === "Enter" && hits.length > 0 && event.currentTarget.value.trim() === q) {
      const next = hits[(place + (event.shiftKey ? -1 : 1) + hits.length) % hits.length];
      if (next) navigate(links.at(next.seq), { replace: at !== null });
    } else return;
    event.preventDefault();
  };
  const onInput = (form: HTMLFormElement | null) => {
    clearTimeout(pause.current);
    pause.current = setTimeout(() => form && void submit(form, { replace: true }), PAUSE_MS);
  };
  return (
    <Form
      role="search"
      replace
      className="flex items-center gap-1 border-b border-line bg-surface px-3 py-1.5"
      onSubmit={() => clearTimeout(pause.current)}
    >
      {links.list && <input type="hidden" name="list" value={links.list} />}
      <Search size={16} aria-hidden="true" className="me-1 shrink-0 text-text-muted" />
      <input
        type="search"
        name="q"
        id="find-in-chat"
        defaultValue={q}
        maxLength={200}
        autoComplete="off"
        autoFocus
        aria-label={t("find.label")}
        placeholder={t("find.label")}
        onKeyDown={onKeyDown}
        onInput={(event) => onInput(event.currentTarget.form)}
        className="min-h-[36px] min-w-0 [&::-webkit-search-cancel-button]:hidden flex-1 rounded bg-transparent text-base outline-none md:text-[length:inherit]"
      />
      <Count q={q} hits={hits.length} place={place} />
      {hits.length > 0 && (
        <>
          <Step to={hits[place + 1] && links.at(hits[place + 1]!.seq)} label={t("find.older")}>
            <ChevronUp size={18} aria-hidden="true" />
          </Step>
          <Step to={place > 0 ? links.at(hits[place - 1]!.seq) : undefined} label={t("find.newer")}>
            <ChevronDown size={18} aria-hidden="true" />
          </Step>
        </>
      )}
      <noscript>
        <button className={buttonClass({ size: "sm" })}>{t("find.search")}</button>
      </noscript>
      <Link
        to={links.closed}
        aria-label={t("find.close")}
        title={t("find.close")}
        className={buttonClass({ look: "quiet", size: "sm", icon: true })}
      >
        <X size={18} aria-hidden="true" />
      </Link>
    </Form>
  );
}

function Count({ q, hits, place }: { q: string; hits: number; place: number }) {
  const t = useStaffText();
  const busy = useNavigation().state !== "idle";
  const text = place >= 0 ? t("find.place", { place: place + 1, count: hits }) : t("find.count", { count: hits });
  return (
    <p role="status" className={`shrink-0 px-1 text-xs tabular-nums text-text-muted ${busy ? "opacity-60" : ""}`}>
      {q && text}
    </p>
  );
}

function Step({ to, label, children }: { to: string | undefined; label: string; children: ReactNode }) {
  const look = buttonClass({ look: "quiet", size: "sm", icon: true });
  if (!to) {
    return (
      <span aria-hidden="true" className={`${look} opacity-40`}>
        {children}
      </span>
    );
  }
  return (
    <Link to={to} replace aria-label={label} title={label} className={look}>
      {children}
    </Link>
  );
}
