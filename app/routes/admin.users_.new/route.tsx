import { data, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Link, useActionData } from "@remix-run/react";
import ArrowLeft from "lucide-react/icons/arrow-left";
import { requireAdmin } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { buttonClass } from "~/components/button";
import { PageHead } from "~/components/page-head";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { createUser } from "~/people/edit-user.server";
import { allowReset } from "~/people/reset-password.server";
import { userInput } from "~/people/user-input.server";
import { settings } from "~/settings/settings.server";
import { keepChosen, fieldsAndFile } from "../file-field.server";
import { refusalResponse } from "../refusal.server";
import { resetLink } from "../reset-link.server";
import { UserForm } from "../admin.users_.$id/user-form";
import { ResetLink } from "../admin.users_.$id/reset-link";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireAdmin(request);
  return { title: staffTextsFor(request)["users.new"], limit: (await settings()).maxChats };
}

export async function action({ request }: ActionFunctionArgs) {
  const admin = await requireAdmin(request);
  let kept: Record<string, string> = {};
  try {
    const { fields, file: picture } = await fieldsAndFile(request, "picture");
    kept = fields;
    const input = parse(userInput, fields);
    if (picture) input.avatarUrl = kept.avatarUrl = await keepChosen(picture, "face");
    const id = await createUser(admin, input);
    // Not a redirect: the link is shown this once.
    return data({ ok: true as const, id, name: input.name, link: resetLink(request, await allowReset(admin, id)) });
  } catch (error) {
    return refusalResponse(error, kept, request);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "New"} · HeraDesk` }];

export default function NewUserPage() {
  const t = useStaffText();
  const answer = useActionData<typeof action>();
  return (
    <div className="max-w-2xl">
      <Link to="/admin/users" className={`${buttonClass({ look: "quiet", size: "sm" })} -ms-3 mb-2`}>
        <ArrowLeft size={16} aria-hidden="true" className="rtl:rotate-180" />
        {t("users.title")}
      </Link>
      {answer?.ok ? (
        <>
          <PageHead title={t("users.created", { name: answer.name })} />
          <ResetLink link={answer.link} />
          <div className="mt-5 flex flex-wrap gap-2">
            <Link to={`/admin/users/${answer.id}`} className={buttonClass({ look: "primary", size: "sm" })}>
              {t("users.open", { name: answer.name })}
            </Link>
            <Link to="/admin/users/new" reloadDocument className={buttonClass({ size: "sm" })}>
              {t("users.another")}
            </Link>
          </div>
        </>
      ) : (
        <>
          <PageHead title={t("users.new")} intro={t("users.new.text")} />
          <UserForm refusal={answer} submit={t("users.create")} />
        </>
      )}
    </div>
  );
}
