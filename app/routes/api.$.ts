import { api } from "~/api/answer.server";
import { NotFound } from "~/chat/errors";

const unknownCall = async () => {
  throw new NotFound("There is no such call.");
};

export const loader = api({ GET: unknownCall, POST: unknownCall, PATCH: unknownCall, DELETE: unknownCall });
export const action = loader;
