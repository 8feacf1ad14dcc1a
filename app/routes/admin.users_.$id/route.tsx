import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import { requireAdmin } from "~/auth/require.server";
import { NotFound } from "~/chat/errors";
import { Banner } from "~/components/banner";
import { buttonClass } from "~/components/button";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { findUser } from "~/people/list-users.server";
import { idIn } from "../id-in.server";
import { Access } from "./access";
import { answerIntent } from "./intents.server";
import { ResetLink } from "./reset-link";
import { UserForm } from "./user-form";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const done = new URL(request.url).searchParams.get("done");
  try {
    const user = await findUser(admin, idIn(params.id));
    return { user, done, self: user.id === admin.userId, title: staffTextsFor(request)["users.title"] };
  } catch (error) {
    if (error instanceof NotFound) throw data(null, { status: 404 });
    throw error;
  }
}

export const action = ({ request, params }: ActionFunctionArgs) => answerIntent(request, idIn(params.id));

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.user.name ?? data?.title ?? "People"} · HeraDesk` },
];

const DONE = ["saved", "disabled", "enabled", "signedOut", "factorReset"] as const;

/** One person: what they are called and may do, and whether they can get in. */
export default function UserPage() {
  const t = useStaffText();
  const { user, done, self } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer && !answer.ok ? answer : undefined;
  const said = !answer && DONE.find((one) => one === done);
  return (
    <div className="max-w-4xl">
      <Link to="/admin/users" className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 mb-2`}>
        <ArrowLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
        {t("users.title")}
      </Link>
      <PageHead title={user.name} intro={`${user.username} · ${t(`role.${user.role}`)}`} />
      {said && <Banner tone="done">{t(`users.done.${said}`)}</Banner>}
      {answer?.ok && (
        <div className="mb-5">
          <ResetLink link={answer.link} />
        </div>
      )}
      {refusal && refusal.kept.intent !== "save" && <Banner tone="refused">{refusal.message}</Banner>}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <UserForm
          key={JSON.stringify([user.name, user.username, user.role, user.maxChats, user.avatarUrl])}
          user={user}
          refusal={refusal?.kept.intent === "save" ? refusal : undefined}
          submit={t("users.save")}
        />
        <Access user={user} self={self} />
      </div>
    </div>
  );
}
