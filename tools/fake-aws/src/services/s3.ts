import type { Account } from '../content.ts';
import { ServiceError } from '../service.ts';

export interface S3Request {
  readonly method: string;
  /** `/<bucket>` or `/<bucket>/<key>`, decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Whether the body is sent in chunks with a trailing checksum, as the SDK streams a file. */
  readonly isChunked: boolean;
}

export interface S3Answer {
  /** What it is called in Amazon S3's API. */
  readonly action: string;
  readonly body: Buffer | string;
}

/** Amazon S3 in path style. Every bucket exists. */
export function s3({ objects, region }: Account, request: S3Request): S3Answer | undefined {
  const { method, query, body, isChunked } = request;
  const path = request.path.slice(1);
  const isBucket = !path.includes('/') || path.endsWith('/');
  if (isBucket && method === 'GET') return ofBucket(path.replace('/', ''), query, objects, region);
  if (method === 'PUT' && !isBucket) {
    objects.set(path, isChunked ? unchunked(body) : body);
    return { action: 'PutObject', body: '' };
  }
  if (method === 'GET' && !isBucket) {
    const object = objects.get(path);
    if (object === undefined)
      throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    return { action: 'GetObject', body: object };
  }
  return undefined;
}

function ofBucket(
  bucket: string,
  query: URLSearchParams,
  objects: ReadonlyMap<string, Buffer>,
  region: string,
): S3Answer | undefined {
  if (query.has('location')) {
    const place = region === 'us-east-1' ? '' : region;
    return {
      action: 'GetBucketLocation',
      body: `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${place}</LocationConstraint>`,
    };
  }
  if (query.has('encryption')) {
    return {
      action: 'GetBucketEncryption',
      body: '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
    };
  }
  if (query.get('list-type') !== '2') return undefined;
  const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
  const found = [...objects].filter(([key]) => key.startsWith(prefix));
  const contents = found.map(
    ([key, object]) =>
      `<Contents><Key>${key.slice(bucket.length + 1)}</Key><Size>${object.length}</Size></Contents>`,
  );
  return {
    action: 'ListObjectsV2',
    body: `<ListBucketResult><KeyCount>${found.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`,
  };
}

/** `aws-chunked`: each chunk is its length in hexadecimal, a line's end, the bytes, a line's end. */
function unchunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf('\r\n', at);
    const length = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(length > 0)) break;
    chunks.push(body.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
  return Buffer.concat(chunks);
}
