// bcrypt takes a quarter of a second of pure computing: on the main thread twenty sign-ins would stall every chat.
import { parentPort } from "node:worker_threads";
import bcrypt from "bcryptjs";

parentPort.on("message", ({ id, job, password, hash, cost }) => {
  const result = job === "hash" ? bcrypt.hashSync(password, cost) : bcrypt.compareSync(password, hash);
  parentPort.postMessage({ id, result });
});
