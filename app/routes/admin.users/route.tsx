import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import Users from "lucide-react/icons/users";
import { requireAdmin } from "~/auth/require.server";
import { Button, buttonClass } from "~/components/button";
import { EmptyState } from "~/components/empty-state";
import { PageHead } from "~/components/page-head";
import { Pages } from "~/components/pages";
import { staffTextsFor } from "~/messages/staff-catalogue.server";
import { useStaffText } from "~/messages/staff-text";
import { listUsers, userFilter } from "~/people/list-users.server";
import { UserTable } from "./user-table";

export async function loader({ request }: LoaderFunctionArgs) {
  const admin = await requireAdmin(request);
  const filter = userFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { ...(await listUsers(admin, filter)), filter, title: staffTextsFor(request)["users.title"] };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? "People"} · HeraDesk` }];

/** Everybody who works here. */
export default function UsersPage() {
  const t = useStaffText();
  const { users, total, pages, filter } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const filtered = filter.search !== "" || filter.role !== "" || filter.status !== "";
  return (
    <>
      <PageHead title={t("users.title")} intro={t("users.intro")}>
        <Link to="/admin/users/new" className={buttonClass({ look: "primary", size: "sm" })}>
          <Plus size={16} aria-hidden="true" />
          {t("users.add")}
        </Link>
      </PageHead>
      <Form role="search" className="mb-4 flex flex-wrap gap-2" key={search.toString()}>
        <input
          type="search"
          name="search"
          defaultValue={filter.search}
          aria-label={t("users.search")}
          placeholder={t("users.search")}
          className="input min-w-0 flex-1 basis-56"
        />
        <select
          name="role"
          aria-label={t("users.role")}
          defaultValue={filter.role}
          className="input !w-auto max-sm:flex-1"
        >
          <option value="">{t("users.role.any")}</option>
          <option value="cs">{t("role.cs")}</option>
          <option value="admin">{t("role.admin")}</option>
        </select>
        <select
          name="status"
          aria-label={t("users.status")}
          defaultValue={filter.status}
          className="input !w-auto max-sm:flex-1"
        >
          <option value="">{t("users.status.any")}</option>
          {(["enabled", "disabled", "online", "busy", "offline"] as const).map((status) => (
            <option key={status} value={status}>
              {t(status === "enabled" || status === "disabled" ? `users.${status}` : `status.${status}`)}
            </option>
          ))}
        </select>
        <Button className="max-sm:flex-1">{t("users.filter")}</Button>
      </Form>
      <section aria-label={t("users.title")} className="overflow-hidden rounded-lg border border-line bg-surface">
        {users.length > 0 ? (
          <UserTable users={users} />
        ) : (
          <EmptyState
            icon={<Users size={20} />}
            title={t(filtered ? "users.none" : "users.empty")}
            action={
              <Link to="/admin/users" className={buttonClass({ size: "sm" })}>
                {t("users.clear")}
              </Link>
            }
          >
            {t("users.none.text")}
          </EmptyState>
        )}
      </section>
      <Pages page={filter.page} pages={pages} summary={t("users.count", { count: total })} />
    </>
  );
}
