import { api } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { eraseVisitor, visitorData } from "~/people/visitor-data.server";

export const loader = api({
  GET: async ({ request, params }) => ({
    body: await visitorData(await requireApiStaff(request, "admin"), params.id ?? ""),
  }),
});

export const action = api({
  DELETE: async ({ request, params }) => ({
    body: { erased: await eraseVisitor(await requireApiStaff(request, "admin"), params.id ?? "") },
  }),
});
