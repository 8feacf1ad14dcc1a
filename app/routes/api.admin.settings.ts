import { api, jsonBody } from "~/api/answer.server";
import { requireApiStaff } from "~/auth/require.server";
import { parse } from "~/chat/parse";
import { changeSettings, settings, settingsInput } from "~/settings/settings.server";

export const loader = api({
  GET: async ({ request }) => {
    await requireApiStaff(request, "admin");
    return { body: { settings: await settings() } };
  },
});

export const action = api({
  POST: async ({ request }) => {
    const admin = await requireApiStaff(request, "admin");
    const changes = parse(settingsInput.partial(), await jsonBody(request));
    await changeSettings(admin, { ...(await settings()), ...changes });
    return { body: { settings: await settings() } };
  },
});
