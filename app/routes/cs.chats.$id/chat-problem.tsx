import { isRouteErrorResponse, Link, useRouteError } from "@remix-run/react";
import CircleAlert from "lucide-react/icons/circle-alert";
import { buttonClass } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { useStaffText } from "~/messages/staff-text";
import { listSearch, useListName } from "~/routes/cs/list-name";

/** In place of the conversation; the lists beside it stay. */
export function ChatProblem({ refusal }: { refusal?: string }) {
  const t = useStaffText();
  const error = useRouteError();
  const list = useListName();
  const gone = isRouteErrorResponse(error) && error.status === 404;
  return (
    <div className="grid flex-1 content-center">
      <h1 className="sr-only">{t("problem.title")}</h1>
      <EmptyState
        icon={<CircleAlert size={20} />}
        title={refusal ?? t(gone ? "problem.chat" : "problem.fault")}
        action={
          <div className="flex gap-2">
            {!gone && (
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
    </div>
  );
}
