import { Link } from "@remix-run/react";
import SearchX from "lucide-react/icons/search-x";
import { EmptyState } from "~/components/empty-state";
import { Marked } from "~/components/marked";
import { Pill } from "~/components/pill";
import { DateTime } from "~/components/time";
import { useStaffText } from "~/messages/staff-text";
import { useMe } from "~/routes/cs/workspace-context";
import { useSearchLinks, type ChatSearch } from "./search";

interface Props {
  search: ChatSearch;
  /** The customer's. */
  name: string;
  words: readonly string[];
}

/** What was found, newest first, in the place of the conversation; each leads to its place in it. */
export function SearchResults({ search: { q, hits }, name, words }: Props) {
  const t = useStaffText();
  const links = useSearchLinks(q);
  if (hits.length === 0) {
    return (
      <div className="grid min-h-0 flex-1 content-center">
        <EmptyState icon={<SearchX size={20} />} title={t("find.none", { text: q })}>
          {t("find.none.text")}
        </EmptyState>
      </div>
    );
  }
  return (
    <ol aria-label={t("find.hits")} className="min-h-0 flex-1 overflow-y-auto overscroll-contain py-2">
      {hits.map((hit) => (
        <li key={hit.seq}>
          <Link to={links.at(hit.seq)} className="block px-4 py-2.5 -outline-offset-2 hover:bg-surface-2 sm:px-6">
            <span className="flex items-center gap-2 text-xs text-text-muted">
              <Sender hit={hit} name={name} />
              {hit.note && <Pill>{t("find.note")}</Pill>}
              <DateTime iso={hit.createdAt} className="ms-auto shrink-0" />
            </span>
            <span className="break-anywhere mt-0.5 block">
              <Marked text={hit.excerpt} words={words} />
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}

function Sender({ hit, name }: { hit: ChatSearch["hits"][number]; name: string }) {
  const t = useStaffText();
  const me = useMe();
  const sender = hit.senderType === "customer" ? name : hit.senderId === me.userId ? t("find.you") : hit.senderName;
  return <span className="min-w-0 truncate font-medium text-text">{sender}</span>;
}
