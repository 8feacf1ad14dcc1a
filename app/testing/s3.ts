import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import S3rver from "s3rver";

export const BUCKET = "heradesk-test";

/** A real S3 protocol server on loopback; it answers, and does not verify signatures. `stop` removes what it kept. */
export async function startS3() {
  const directory = await mkdtemp(join(tmpdir(), "heradesk-s3-"));
  const server = new S3rver({
    address: "127.0.0.1",
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = (await server.run()) as AddressInfo;
  return {
    port,
    directory,
    env: s3Env(port),
    stop: async () => {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** `port` may be that of a proxy in front of it. */
export const s3Env = (port: number) => ({
  S3_ENDPOINT: `http://127.0.0.1:${port}`,
  S3_REGION: "us-east-1",
  S3_BUCKET: BUCKET,
  S3_ACCESS_KEY: "S3RVER",
  S3_SECRET_KEY: "S3RVER",
  S3_FORCE_PATH_STYLE: "true",
});
