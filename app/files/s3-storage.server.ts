import type { Readable } from "node:stream";
import type { Env } from "~/env.server";
import type { Storage } from "./storage.server";
import { FileGone } from "./storage-errors.server";

const CONNECT_MS = 3_000;
/** Without a byte in either direction. */
const SILENCE_MS = 10_000;
const ANSWER_MS = 15_000;
/** A whole file: 25 MB at 0.4 MB/s. */
const PUT_MS = 60_000;
const PUT_TRIES = 2;

type S3Env = Pick<
  Env,
  | "S3_ENDPOINT"
  | "S3_REGION"
  | "S3_BUCKET"
  | "S3_ACCESS_KEY"
  | "S3_SECRET_KEY"
  | "S3_FORCE_PATH_STYLE"
  | "S3_PUBLIC_URL"
>;

/** A private bucket. Browsers get links that end within a minute, never a key. */
export function s3Storage(env: S3Env): Storage {
  const Bucket = env.S3_BUCKET ?? "";
  const opened = once(() => open(env));
  const soon = () => ({ abortSignal: AbortSignal.timeout(ANSWER_MS) });
  return {
    kind: "s3",
    place: `${env.S3_ENDPOINT} ${Bucket}`,
    async put(Key, source, { size, type }) {
      const { sdk, client } = await opened();
      for (let attempt = 1; ; attempt++) {
        const Body = source();
        // The library does not listen to its source.
        const broken = new AbortController();
        Body.once("error", (error) => broken.abort(error));
        const command = new sdk.PutObjectCommand({ Bucket, Key, Body, ContentLength: size, ContentType: type });
        try {
          await client.send(command, { abortSignal: AbortSignal.any([AbortSignal.timeout(PUT_MS), broken.signal]) });
          return;
        } catch (error) {
          Body.destroy();
          if (attempt === PUT_TRIES) throw error;
        }
      }
    },
    async get(Key, range) {
      const { sdk, client } = await opened();
      const Range = range && `bytes=${range.start}-${range.end}`;
      try {
        return (await client.send(new sdk.GetObjectCommand({ Bucket, Key, Range }), soon())).Body as Readable;
      } catch (error) {
        throw isMissing(error) ? new FileGone() : error;
      }
    },
    async head(Key) {
      const { sdk, client } = await opened();
      try {
        return (await client.send(new sdk.HeadObjectCommand({ Bucket, Key }), soon())).ContentLength ?? 0;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async delete(Key) {
      const { sdk, client } = await opened();
      await client.send(new sdk.DeleteObjectCommand({ Bucket, Key }), soon()).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    },
    async presign(Key, { type, disposition, seconds }) {
      const { sdk, signer, getSignedUrl } = await opened();
      const asked = {
        Bucket,
        Key,
        ResponseContentType: type,
        ResponseContentDisposition: disposition,
        ResponseCacheControl: "private, no-store",
      };
      return getSignedUrl(signer, new sdk.GetObjectCommand(asked), { expiresIn: seconds });
    },
    async check() {
      const { sdk, client } = await opened();
      await client.send(new sdk.HeadBucketCommand({ Bucket }), { abortSignal: AbortSignal.timeout(CONNECT_MS) });
    },
  };
}

/** The library is large: only who keeps files in S3 loads it. */
async function open(env: S3Env) {
  const [sdk, { getSignedUrl }] = await Promise.all([
    import("@aws-sdk/client-s3"),
    import("@aws-sdk/s3-request-presigner"),
  ]);
  const connect = (endpoint: string | undefined) =>
    new sdk.S3Client({
      endpoint,
      region: env.S3_REGION,
      forcePathStyle: env.S3_FORCE_PATH_STYLE ?? false,
      credentials: { accessKeyId: env.S3_ACCESS_KEY ?? "", secretAccessKey: env.S3_SECRET_KEY ?? "" },
      // A stream can be sent once: put() opens it again itself.
      maxAttempts: 1,
      // Not every S3 knows the newer checksums; what we move we verify ourselves.
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    });
  const client = connect(env.S3_ENDPOINT);
  return { sdk, getSignedUrl, client, signer: env.S3_PUBLIC_URL ? connect(env.S3_PUBLIC_URL) : client };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

function isMissing(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === "NoSuchKey" || name === "NotFound" || $metadata?.httpStatusCode === 404;
}
