import { isRouteErrorResponse, Link, useParams, useRevalidator, useRouteError } from "@remix-run/react";
import CircleAlert from "lucide-react/icons/circle-alert";
import { useEffect } from "react";
import { buttonClass } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { KeptForm, useKeptForm } from "~/components/kept-form";
import { useStaffText } from "~/messages/staff-text";
import { listSearch, useListName } from "~/routes/cs/list-name";
import { useWorkspace } from "~/routes/cs/workspace-context";

/** In place of the conversation; the lists beside it stay. */
export function ChatProblem({ refusal }: { refusal?: string }) {
  const t = useStaffText();
  const error = useRouteError();
  const list = useListName();
  const kept = useKeptForm();
  const gone = isRouteErrorResponse(error) && error.status === 404;
  useReturn(gone);
  return (
    <div className="grid flex-1 content-center">
      <h1 className="sr-only">{t("problem.title")}</h1>
      <EmptyState
        icon={<CircleAlert size={20} />}
        title={refusal ?? t(gone ? "problem.chat" : "problem.fault")}
        action={
          <div className="flex gap-2">
            {!gone && !kept && (
              <a href="" className={buttonClass({ look: "primary", size: "sm" })}>
                {t("problem.again")}
              </a>
            )}
            <Link to={`/cs${listSearch(list)}`} className={buttonClass({ size: "sm" })}>
              {t("list.back")}
            </Link>
          </div>
        }
      >
        {t(gone ? "problem.chat.text" : "problem.fault.text")}
      </EmptyState>
      <KeptForm className="mx-auto px-4" />
    </div>
  );
}

/** A chat that comes back from a colleague opens again where it was. */
function useReturn(gone: boolean) {
  const { id } = useParams();
  const { revalidate } = useRevalidator();
  const mine = useWorkspace(({ mine }) => mine.some((chat) => chat.id === id));
  useEffect(() => {
    if (gone && mine) revalidate();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- revalidate is new at every step of a revalidation
  }, [gone, mine]);
}
